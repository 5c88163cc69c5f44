{{/* What values add to the platform's settings. A later line stands over an earlier one. */}}
{{- define "binnacle.settings" -}}
{{- if not .Values.platform.generates }}
binnacle.kubernetes.generated.enabled=false
{{- end }}
{{- range $label, $value := .Values.monitoring.labels }}
binnacle.kubernetes.generated.labels."{{ $label }}"={{ $value }}
{{- end }}
{{- range $key, $value := .Values.platform.settings }}
{{ $key }}={{ $value | toString | replace "\\" "\\\\" }}
{{- end }}
{{ end -}}
