// Command oracle asks Istio's own translation what each case's manifests mean, and writes the answer beside them.
//
// A case is a folder with input.yaml (ordinary manifests) and case.yaml ("proxies: client-0.default …"). The answer,
// expected-by-istio.yaml, is reduced to what Binnacle's translation and Istio's both define; README.md says to what.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
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
	lines := flag.Bool("stdin", false, "answer each case whose folder is a line of the input, until it ends")
	check := flag.Bool("check", false, "write nothing; exit 1 when a file is not what Istio says")
	ads := flag.String("serve", "", "instead: serve the manifests of one file over ADS on this address, to measure beside")
	admin := flag.String("admin", "127.0.0.1:0", "with -serve: the address that takes changes")
	debounce := flag.Duration("debounce", 100*time.Millisecond, "with -serve: istiod's PILOT_DEBOUNCE_AFTER")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: oracle [-check] CASE…    each a folder with input.yaml, or a folder of such folders")
		fmt.Fprintln(os.Stderr, "       oracle -stdin")
		fmt.Fprintln(os.Stderr, "       oracle -serve ADDRESS -admin ADDRESS FILE")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 && !*lines {
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
	s, err := newSchemas()
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
	failed := 0
	for folder := range folders(*lines, flag.Args()) {
		if !report(folder, *check, s) {
			failed++
		}
	}
	if failed > 0 {
		os.Exit(1)
	}
}

// folders yields the cases that are asked for.
func folders(lines bool, places []string) iter.Seq[string] {
	if !lines {
		return slices.Values(cases(places))
	}
	return func(yield func(string) bool) {
		for input := bufio.NewScanner(os.Stdin); input.Scan() && yield(input.Text()); {
		}
	}
}

// report prints the verdict on a case in its last line.
func report(folder string, check bool, s *schemas) (ok bool) {
	defer func() {
		if reason := recover(); reason != nil {
			ok = false
			fmt.Printf("%-50s FAILED: %v\n", filepath.Base(folder), oneLine(fmt.Sprint(reason)))
		}
	}()
	verdict, err := answer(folder, check, s)
	if err != nil {
		verdict = "FAILED: " + oneLine(err.Error())
	}
	fmt.Printf("%-50s %s\n", filepath.Base(folder), verdict)
	return err == nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

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
