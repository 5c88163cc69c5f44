package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/prometheus/common/model"

	"github.com/prometheus/prometheus/model/exemplar"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// pageVerdict takes a page whose first byte is 't' for text or 'o' for OpenMetrics, and says what a scrape would make of it: the
// samples in their order, or that it is refused.
func pageVerdict(page []byte) string {
	format := "text/plain"
	if page[0] == 'o' {
		format = "application/openmetrics-text"
	}
	parser, err := textparse.New(page[1:], format, labels.NewSymbolTable(), textparse.ParserOptions{FallbackContentType: "text/plain"})
	if err != nil {
		return "refused: " + oneLine(err)
	}
	var samples []string
	exemplars := 0
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Sprintf("%d exemplars;%s", exemplars, strings.Join(samples, ""))
		}
		if err != nil {
			return "refused: " + oneLine(err)
		}
		if entry != textparse.EntrySeries {
			continue
		}
		sample, err := accepted(parser)
		if err != nil {
			return "refused: " + oneLine(err)
		}
		samples = append(samples, sample)
		var e exemplar.Exemplar
		for parser.Exemplar(&e) {
			exemplars++
		}
	}
}

// accepted checks what the scrape loop and the storage check behind the parser.
func accepted(parser textparse.Parser) (string, error) {
	_, timestamp, value := parser.Series()
	var set labels.Labels
	parser.Labels(&set)
	set = withoutEmpty(set)
	if !set.Has(labels.MetricName) {
		return "", errors.New("no name")
	}
	if !set.IsValid(model.LegacyValidation) {
		return "", fmt.Errorf("invalid names in %s", set)
	}
	if name, twice := set.HasDuplicateLabelNames(); twice {
		return "", fmt.Errorf("the label %s is there twice", name)
	}
	return sampleText(set, value, timestamp), nil
}

func withoutEmpty(set labels.Labels) labels.Labels {
	return labels.NewBuilder(set).Labels()
}

func sampleText(set labels.Labels, value float64, timestamp *int64) string {
	var text strings.Builder
	text.WriteString(" " + set.Get(labels.MetricName) + "{")
	set.Range(func(l labels.Label) {
		if l.Name != labels.MetricName {
			fmt.Fprintf(&text, "%s=%x,", l.Name, l.Value)
		}
	})
	text.WriteString("}")
	if math.IsNaN(value) {
		text.WriteString("NaN")
	} else {
		fmt.Fprintf(&text, "%016x", math.Float64bits(value))
	}
	if timestamp != nil {
		// The smallest number says "none" in Binnacle.
		fmt.Fprintf(&text, "@%d", max(*timestamp, math.MinInt64+1))
	}
	return text.String()
}

func oneLine(err error) string {
	return strings.ReplaceAll(err.Error(), "\n", " ")
}
