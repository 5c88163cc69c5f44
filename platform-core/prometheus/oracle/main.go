// Asks Prometheus' own code what Binnacle's prometheus module answers too. See README.md.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("say pages, relabel or bench"))
	}
	var err error
	switch os.Args[1] {
	case "pages":
		err = judge(pageVerdict)
	case "relabel":
		err = judge(relabelVerdict)
	case "bench":
		err = bench(os.Args[2:])
	default:
		err = fmt.Errorf("%q is not known", os.Args[1])
	}
	if err != nil {
		fail(err)
	}
}

// judge reads questions from standard input, each with its length as four bytes in front, and writes one line for each.
func judge(verdict func([]byte) string) error {
	in := bufio.NewReader(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		var length uint32
		if err := binary.Read(in, binary.BigEndian, &length); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		question := make([]byte, length)
		if _, err := io.ReadFull(in, question); err != nil {
			return err
		}
		fmt.Fprintln(out, verdict(question))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
