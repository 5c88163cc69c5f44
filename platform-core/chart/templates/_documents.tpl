{{/* The documents of the manifests that match a pattern, as {"items": […]}. What Istio's installation brings is left out. */}}
{{- define "binnacle.documents" -}}
{{- $items := list -}}
{{- range $path, $ignored := .root.Files.Glob .pattern -}}
{{- $file := include "binnacle.placed" (dict "root" $.root "text" ($.root.Files.Get $path)) -}}
{{- range $text := regexSplit "(?m)^---\\s*$" $file -1 -}}
{{- $document := fromYaml $text -}}
{{- if and $document (not (has $document.kind (list "Kustomization" "Namespace"))) (ne (printf "%s/%s" $document.kind $document.metadata.name) "ConfigMap/istio") -}}
{{- $items = append $items $document -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "items" $items) -}}
{{- end -}}

{{/* A manifest with the names of this cluster: the platform's namespace is the release's, other namespaces and addresses are values. */}}
{{- define "binnacle.placed" -}}
{{- $policies := .root.Values.networkPolicies -}}
{{- $text := regexReplaceAll "(?m)^( *namespace): binnacle$" .text (printf "${1}: %s" .root.Release.Namespace) -}}
{{- $text = regexReplaceAll "istio-system(\\s+podSelector:\\s+matchLabels:\\s+istio: ingressgateway)" $text (printf "%s${1}" $policies.gatewayNamespace) -}}
{{- $text = replace "metadata.name: monitoring" (printf "metadata.name: %s" $policies.monitoringNamespace) $text -}}
{{- $text = replace "metadata.name: kube-system" (printf "metadata.name: %s" $policies.dnsNamespace) $text -}}
{{- replace "cidr: 0.0.0.0/0" (printf "cidr: %s" $policies.apiServer) $text -}}
{{- end -}}

{{/* A document as it is in this release: its namespace, and what values say about images and replicas. */}}
{{- define "binnacle.object" -}}
{{- $object := deepCopy .object -}}
{{- if not (hasPrefix "Cluster" $object.kind) -}}
{{- if ne (default "default" $object.metadata.namespace) "istio-system" -}}
{{- $ignored := set $object.metadata "namespace" .root.Release.Namespace -}}
{{- end -}}
{{- end -}}
{{- if eq $object.kind "Deployment" -}}
{{- with index .root.Values.replicas $object.metadata.name -}}
{{- $ignored := set $object.spec "replicas" (int .) -}}
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
