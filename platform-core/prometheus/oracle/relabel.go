package main

import (
	"fmt"
	"strings"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v2"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
)

// relabelVerdict takes a line of labels (name=value, separated by tabs) and rules in YAML, and says what becomes of the labels.
func relabelVerdict(question []byte) string {
	line, rules, _ := strings.Cut(string(question), "\n")
	var configs []*relabel.Config
	if err := yaml.UnmarshalStrict([]byte(rules), &configs); err != nil {
		return "refused: " + oneLine(err)
	}
	for _, config := range configs {
		if err := config.Validate(model.LegacyValidation); err != nil {
			return "refused: " + oneLine(err)
		}
	}
	builder := labels.NewBuilder(labels.EmptyLabels())
	base := map[string]string{}
	for _, label := range strings.Split(line, "\t") {
		name, value, _ := strings.Cut(label, "=")
		base[name] = value
	}
	builder.Reset(labels.FromMap(base))
	if !relabel.ProcessBuilder(builder, configs...) {
		return "dropped"
	}
	var text strings.Builder
	builder.Labels().Range(func(l labels.Label) { fmt.Fprintf(&text, "%s=%x,", l.Name, l.Value) })
	return text.String()
}
