package main

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	meshconfig "istio.io/api/mesh/v1alpha1"
	"istio.io/istio/pilot/pkg/config/kube/crd"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/mesh"
)

var separator = regexp.MustCompile(`(?m)^---.*$`)

// manifests is input.yaml by kind.
type manifests struct {
	services    []*corev1.Service
	deployments []*appsv1.Deployment
	accounts    []*corev1.ServiceAccount
	namespaces  []*corev1.Namespace
	secrets     []*corev1.Secret
	istio       []config.Config
	gatewayAPI  []gatewayAPIObject
	mesh        *meshconfig.MeshConfig // nil for Istio's default
	rejected    map[string]string      // what the API server or Istio's webhook would refuse, and why
	schemas     *schemas
}

func read(text string, s *schemas) (*manifests, error) {
	m := &manifests{rejected: map[string]string{}, schemas: s}
	text, err := withCertificates(text)
	if err != nil {
		return nil, err
	}
	for _, document := range separator.Split(text, -1) {
		var head metav1.PartialObjectMetadata
		if err := yaml.Unmarshal([]byte(document), &head); err != nil {
			return nil, err
		}
		if head.Kind == "" {
			continue
		}
		if err := m.add(&head, document); err != nil {
			return nil, fmt.Errorf("%s %s: %w", head.Kind, head.Name, err)
		}
	}
	m.age()
	return m, nil
}

// aged is what a resource's age is set by.
type aged struct {
	name, namespace string
	set             func(time.Time)
}

// age makes resources older the earlier their name comes. With one age for all, Istio leaves to chance which of two
// ServiceEntries for one host counts.
func (m *manifests) age() {
	var all []aged
	for i := range m.istio {
		c := &m.istio[i]
		all = append(all, aged{c.Name, c.Namespace, func(at time.Time) { c.CreationTimestamp = at }})
	}
	for _, o := range m.gatewayAPI {
		all = append(all, aged{o.GetName(), o.GetNamespace(), func(at time.Time) { o.SetCreationTimestamp(metav1.NewTime(at)) }})
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		return a.name < b.name || a.name == b.name && a.namespace < b.namespace
	})
	for i, one := range all {
		one.set(created.Add(time.Duration(i+1) * time.Second))
	}
}

func (m *manifests) add(head *metav1.PartialObjectMetadata, document string) error {
	if strings.Contains(head.APIVersion, ".istio.io/") {
		return m.addIstio(head, document)
	}
	if strings.HasPrefix(head.APIVersion, gatewayAPIGroup+"/") {
		return m.addGatewayAPI(head, document)
	}
	switch head.Kind {
	case "Service":
		return decode(document, &m.services, &corev1.Service{})
	case "Deployment":
		return decode(document, &m.deployments, &appsv1.Deployment{})
	case "ServiceAccount":
		return decode(document, &m.accounts, &corev1.ServiceAccount{})
	case "ConfigMap":
		return m.addMeshConfig(head, document)
	case "Secret":
		return m.addSecret(document)
	case "Namespace":
		return decode(document, &m.namespaces, &corev1.Namespace{})
	default:
		return fmt.Errorf("this kind is not known here")
	}
}

// addSecret stores texts as bytes, as the API server does.
func (m *manifests) addSecret(document string) error {
	secret := &corev1.Secret{}
	err := decode(document, &m.secrets, secret)
	if secret.Data == nil {
		secret.Data = map[string][]byte{}
	}
	for key, text := range secret.StringData {
		secret.Data[key] = []byte(text)
	}
	return err
}

// addMeshConfig takes the ConfigMap that istiod reads.
func (m *manifests) addMeshConfig(head *metav1.PartialObjectMetadata, document string) error {
	var config corev1.ConfigMap
	if err := yaml.UnmarshalStrict([]byte(document), &config); err != nil {
		return err
	}
	if head.Name != "istio" || head.Namespace != "istio-system" {
		return nil
	}
	var err error
	m.mesh, err = mesh.ApplyMeshConfigDefaults(config.Data["mesh"])
	return err
}

func decode[T metav1.Object](document string, all *[]T, object T) error {
	if err := yaml.UnmarshalStrict([]byte(document), object); err != nil {
		return err
	}
	if _, clusterScoped := any(object).(*corev1.Namespace); object.GetNamespace() == "" && !clusterScoped {
		object.SetNamespace("default")
	}
	*all = append(*all, object)
	return nil
}

// addIstio keeps what the schemas and Istio's own validation accept.
func (m *manifests) addIstio(head *metav1.PartialObjectMetadata, document string) error {
	namespace := head.Namespace
	if namespace == "" {
		namespace = "default"
	}
	if err := m.schemas.refuse(document); err != nil {
		m.rejected[fmt.Sprintf("%s %s/%s", head.Kind, namespace, head.Name)] = err.Error()
		return nil
	}
	configs, unknown, err := crd.ParseInputs(document)
	if err != nil {
		m.rejected[fmt.Sprintf("%s %s/%s", head.Kind, namespace, head.Name)] = err.Error()
		return nil
	}
	if len(unknown) > 0 {
		return fmt.Errorf("Istio does not know this kind")
	}
	for _, c := range configs {
		c.Namespace = namespace
		c.Domain = "cluster.local" // short host names resolve as in a real cluster
		m.istio = append(m.istio, c)
	}
	return nil
}
