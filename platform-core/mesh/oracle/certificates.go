package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"regexp"
	"strings"
	"time"
)

var certificateWords = regexp.MustCompile(`<(old certificate|future certificate|cut certificate|certificate|key|authority) ([^>]+)>`)

// withCertificates puts certificates and keys where a manifest has the words that stand for them, as the Java side does with
// its own: Istio opens no listener of Gateway API without a certificate that fits its key. Nothing of them is in an answer.
func withCertificates(manifest string) (string, error) {
	keys := map[string]*ecdsa.PrivateKey{}
	var failed error
	text := certificateWords.ReplaceAllStringFunc(manifest, func(words string) string {
		parts := certificateWords.FindStringSubmatch(words)
		block, err := pemOf(parts[1], parts[2], keys)
		if err != nil {
			failed = err
		}
		if parts[1] == "cut certificate" {
			block = block[:200]
		}
		return strings.ReplaceAll(block, "\n", `\n`)
	})
	return text, failed
}

func pemOf(what, names string, keys map[string]*ecdsa.PrivateKey) (string, error) {
	if keys[names] == nil {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			return "", err
		}
		keys[names] = key
	}
	key := keys[names]
	kind := "PRIVATE KEY"
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if what != "key" {
		kind = "CERTIFICATE"
		hosts := strings.Split(names, ",")
		certificate := &x509.Certificate{
			SerialNumber: big.NewInt(1), DNSNames: hosts, NotBefore: time.Now(), NotAfter: time.Now().Add(time.Hour),
		}
		der, err = x509.CreateCertificate(rand.Reader, certificate, certificate, &key.PublicKey, key)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})), err
}
