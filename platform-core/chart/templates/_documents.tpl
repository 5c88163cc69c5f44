{{/* The documents of the manifests that match a pattern, as {"items": […]}. */}}
{{- define "binnacle.documents" -}}
{{- $items := list -}}
{{- range $path, $ignored := .root.Files.Glob .pattern -}}
{{- range $text := regexSplit "(?m)^---\\s*$" ($.root.Files.Get $path) -1 -}}
{{- $document := fromYaml $text -}}
{{- if and $document (not (has $document.kind (list "Kustomization" "Namespace" "ConfigMap"))) -}}
{{- $items = append $items $document -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "items" $items) -}}
{{- end -}}

{{/* A document as it is in this release: its namespace, and what values say about images and replicas. */}}
{{- define "binnacle.object" -}}
{{- $object := deepCopy .object -}}
{{- if ne (default "default" $object.metadata.namespace) "istio-system" -}}
{{- $ignored := set $object.metadata "namespace" .root.Release.Namespace -}}
{{- end -}}
{{- if eq $object.kind "Deployment" -}}
{{- with index .root.Values.replicas $object.metadata.name -}}
{{- $ignored := set $object.spec "replicas" . -}}
{{- end -}}
{{- range $container := $object.spec.template.spec.containers -}}
{{- if ne $container.image "auto" -}}
{{- $ignored := set $container "imagePullPolicy" $.root.Values.images.pullPolicy -}}
{{- with $.root.Values.images.registry -}}
{{- $ignored := set $container "image" (printf "%s/%s" . $container.image) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $object -}}
{{- end -}}
