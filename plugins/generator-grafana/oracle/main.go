// The judge of generated dashboards: Grafana's own published schema, as its Foundation SDK for Go holds it.
//
//	grafana-schema FILE…
//
// For each file one line: "ok" or "refused", a tab, the file; under a refused one what is wrong, indented.
// Wrong are unknown fields, wrong types, missing fields, kinds of panels that Grafana does not have, and panels' options
// and queries that their plugin does not know. Which words an option takes the SDK does not check.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	refused := false
	for _, file := range os.Args[1:] {
		if err := judge(file); err != nil {
			refused = true
			fmt.Printf("refused\t%s\n  %s\n", file, strings.ReplaceAll(err.Error(), "\n", "\n  "))
		} else {
			fmt.Printf("ok\t%s\n", file)
		}
	}
	if refused {
		os.Exit(1)
	}
}

func judge(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var strict, read dashboard.Dashboard
	if err := strict.UnmarshalJSONStrict(text); isWrong(err) {
		return err
	}
	// The strict reader leaves panels out for which it returns an empty list of errors: read them once more.
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	if err := read.Validate(); isWrong(err) {
		return err
	}
	return kindsAreKnown(read)
}

func kindsAreKnown(read dashboard.Dashboard) error {
	for _, each := range read.Panels {
		panels := []dashboard.Panel{}
		if each.RowPanel != nil {
			panels = each.RowPanel.Panels
		} else {
			panels = append(panels, *each.Panel)
		}
		for _, panel := range panels {
			if _, known := cog.ConfigForPanelcfgVariant(panel.Type); !known {
				return fmt.Errorf("there are no panels of the kind %q", panel.Type)
			}
		}
	}
	return nil
}

// isWrong tells whether there is anything wrong: the SDK returns a list of errors that may be empty.
func isWrong(err error) bool {
	var list cog.BuildErrors
	return err != nil && !(errors.As(err, &list) && len(list) == 0)
}
