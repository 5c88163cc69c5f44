package main

import (
	"os"

	charts "istio.io/istio/manifests"
	"istio.io/istio/pkg/config/crd"
)

const customResourceDefinitions = "charts/base/files/crd-all.gen.yaml"

// schemas answers what the API server would: does a resource fit Istio's CustomResourceDefinitions?
type schemas struct{ validator *crd.Validator }

func newSchemas() (*schemas, error) {
	text, err := charts.FS.ReadFile(customResourceDefinitions)
	if err != nil {
		return nil, err
	}
	file, err := os.CreateTemp("", "crds-*.yaml")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(text); err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	validator, err := crd.NewValidatorFromFilesWithOptions([]string{file.Name()}, crd.WithoutCRDValidation())
	return &schemas{validator}, err
}

func (s *schemas) refuse(document string) error {
	return s.validator.ValidateCustomResourceYAML(document, nil)
}
