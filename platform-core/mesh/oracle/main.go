// Command oracle asks Istio's own translation what each case's manifests mean, and writes the answer beside them.
//
// A case is a folder with input.yaml (ordinary manifests) and case.yaml ("proxies: client-0.default …"). The answer,
// expected-by-istio.yaml, is reduced to what Binnacle's translation and Istio's both define; README.md says to what.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"istio.io/istio/pkg/log"
	"sigs.k8s.io/yaml"
)

const header = `# What Istio 1.31 (istio.io/istio v0.0.0-20260827124520-eed52ebb66ad) makes of input.yaml.
# Written by platform-core/mesh/oracle; do not edit.
`

func main() {
	check := flag.Bool("check", false, "write nothing; exit 1 when a file is not what Istio says")
	ads := flag.String("serve", "", "instead: serve the manifests of one file over ADS on this address, to measure beside")
	admin := flag.String("admin", "127.0.0.1:0", "with -serve: the address that takes changes")
	debounce := flag.Duration("debounce", 100*time.Millisecond, "with -serve: istiod's PILOT_DEBOUNCE_AFTER")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: oracle [-check] CASE…    each a folder with input.yaml, or a folder of such folders")
		fmt.Fprintln(os.Stderr, "       oracle -serve ADDRESS -admin ADDRESS FILE")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	for _, scope := range log.Scopes() {
		scope.SetOutputLevel(log.NoneLevel)
	}
	if *ads != "" {
		fmt.Fprintln(os.Stderr, "oracle:", serve(flag.Arg(0), *ads, *admin, *debounce))
		os.Exit(1)
	}
	if failed := run(flag.Args(), *check); failed > 0 {
		os.Exit(1)
	}
}

func run(places []string, check bool) (failed int) {
	s, err := newSchemas()
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		return 1
	}
	for _, folder := range cases(places) {
		verdict, err := answer(folder, check, s)
		if err != nil {
			verdict = "FAILED: " + err.Error()
			failed++
		}
		fmt.Printf("%-50s %s\n", filepath.Base(folder), verdict)
	}
	return failed
}

// cases returns the case folders among and directly below the places, sorted.
func cases(places []string) []string {
	var result []string
	for _, place := range places {
		inputs, _ := filepath.Glob(filepath.Join(place, "*", "input.yaml"))
		if _, err := os.Stat(filepath.Join(place, "input.yaml")); err == nil {
			inputs = append(inputs, filepath.Join(place, "input.yaml"))
		}
		for _, input := range inputs {
			result = append(result, filepath.Dir(input))
		}
	}
	sort.Strings(result)
	return result
}

func answer(folder string, check bool, s *schemas) (string, error) {
	proxies, err := proxiesOf(folder)
	if err != nil {
		return "", err
	}
	input, err := os.ReadFile(filepath.Join(folder, "input.yaml"))
	if err != nil {
		return "", err
	}
	result, err := ask(string(input), proxies, s)
	if err != nil {
		return "", err
	}
	body, err := yaml.Marshal(result)
	if err != nil {
		return "", err
	}
	file := filepath.Join(folder, "expected-by-istio.yaml")
	text := append([]byte(header), body...)
	old, _ := os.ReadFile(file)
	switch {
	case bytes.Equal(old, text):
		return "unchanged", nil
	case check:
		return "", fmt.Errorf("%s is not what Istio says now", file)
	case old == nil:
		return "written", os.WriteFile(file, text, 0o644)
	default:
		return "CHANGED", os.WriteFile(file, text, 0o644)
	}
}

func proxiesOf(folder string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(folder, "case.yaml"))
	if err != nil {
		return nil, err
	}
	var options struct{ Proxies string }
	if err := yaml.Unmarshal(text, &options); err != nil {
		return nil, err
	}
	proxies := strings.Fields(options.Proxies)
	if len(proxies) == 0 {
		return nil, fmt.Errorf("case.yaml names no proxies")
	}
	return proxies, nil
}
