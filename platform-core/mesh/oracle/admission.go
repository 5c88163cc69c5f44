package main

import (
	"embed"
	"errors"
	"io/fs"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"

	charts "istio.io/istio/manifests"
	"istio.io/istio/pkg/config/crd"
)

const customResourceDefinitions = "charts/base/files/crd-all.gen.yaml"

//go:embed crds/gateway-api.yaml
var gatewayAPI embed.FS

// schemas answers what the API server would: does a resource fit its CustomResourceDefinition, and what are its defaults?
type schemas struct{ validator *crd.Validator }

func newSchemas() (*schemas, error) {
	var files []string
	for name, folder := range map[string]fs.ReadFileFS{customResourceDefinitions: charts.FS, "crds/gateway-api.yaml": gatewayAPI} {
		file, err := copied(folder, name)
		if err != nil {
			return nil, err
		}
		defer os.Remove(file)
		files = append(files, file)
	}
	validator, err := crd.NewValidatorFromFilesWithOptions(files, crd.WithoutCRDValidation())
	return &schemas{validator}, err
}

func copied(folder fs.ReadFileFS, name string) (string, error) {
	text, err := folder.ReadFile(name)
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "crds-*.yaml")
	if err != nil {
		return "", err
	}
	_, err = file.Write(text)
	return file.Name(), errors.Join(err, file.Close())
}

func (s *schemas) refuse(document string) error {
	return s.validator.ValidateCustomResourceYAML(document, nil)
}

// admit puts a document with its defaults into object, or says why the API server would refuse it.
func (s *schemas) admit(document string, object any) error {
	whole := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(document), whole); err != nil {
		return err
	}
	if err := s.validator.ValidateCustomResource(whole); err != nil {
		return err
	}
	return runtime.DefaultUnstructuredConverter.FromUnstructured(whole.Object, object)
}
