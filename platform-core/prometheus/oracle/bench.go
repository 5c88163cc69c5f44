package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"syscall"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// bench reads pages of one target again and again, as a scrape does: the parser, and the scrape cache that finds a line's series by its bytes. For
// each number on standard input it reads that many pages and writes the processor time in nanoseconds, the number of samples and the sum of
// their values' bits.
func bench(files []string) error {
	var pages [][]byte
	for _, file := range files {
		page, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		pages = append(pages, page)
	}
	cache := map[string]labels.Labels{}
	symbols := labels.NewSymbolTable()
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		count, err := strconv.Atoi(in.Text())
		if err != nil {
			return err
		}
		begin := processorTime()
		samples, sum := 0, uint64(0)
		for i := range count {
			n, s, err := readPage(pages[i%len(pages)], symbols, cache)
			if err != nil {
				return err
			}
			samples += n
			sum += s
		}
		fmt.Println(processorTime()-begin, samples, sum)
	}
	return in.Err()
}

func readPage(page []byte, symbols *labels.SymbolTable, cache map[string]labels.Labels) (int, uint64, error) {
	parser := textparse.NewPromParser(page, symbols, false)
	samples, sum := 0, uint64(0)
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return samples, sum, nil
		}
		if err != nil {
			return 0, 0, err
		}
		if entry != textparse.EntrySeries {
			continue
		}
		line, _, value := parser.Series()
		if _, known := cache[string(line)]; !known {
			var set labels.Labels
			parser.Labels(&set)
			cache[string(line)] = set
		}
		samples++
		sum += math.Float64bits(value)
	}
}

func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
