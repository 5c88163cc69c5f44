package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/test"
)

// peer is istiod's translation and ADS server on a real socket, over the manifests of one file.
type peer struct {
	server  *xds.FakeDiscoveryServer
	schemas *schemas
	world   *world
}

// serve runs until the process is killed. The admin address takes changes:
//
//	POST /apply           Istio resources as YAML
//	POST /ready?pod=ID    and /unready: what the endpoint controller would write into the pod's EndpointSlices
func serve(file, ads, admin string, debounce time.Duration) error {
	s, err := newSchemas()
	if err != nil {
		return err
	}
	input, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return err
	}
	m, err := read(string(input), s)
	if err != nil {
		return err
	}
	if len(m.rejected) > 0 {
		return fmt.Errorf("Istio refuses %v", m.rejected)
	}
	return test.Wrap(func(t test.Failer) {
		p := &peer{schemas: s, world: newWorld(m)}
		p.server = xds.NewFakeDiscoveryServer(t, xds.FakeOptions{
			KubernetesObjects: p.world.others,
			Configs:           m.istio,
			DebounceTime:      debounce,
			ListenerBuilder:   func() (net.Listener, error) { return net.Listen("tcp", ads) },
		})
		mux := http.NewServeMux()
		mux.HandleFunc("POST /apply", answering(p.apply))
		mux.HandleFunc("POST /ready", answering(p.readiness(true)))
		mux.HandleFunc("POST /unready", answering(p.readiness(false)))
		fmt.Println("serving")
		t.Fatal(http.ListenAndServe(admin, mux))
	})
}

func answering(change func(*http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := change(r); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	}
}

func (p *peer) apply(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	m, err := read(string(body), p.schemas)
	if err != nil {
		return err
	}
	if len(m.rejected) > 0 {
		return fmt.Errorf("Istio refuses %v", m.rejected)
	}
	for _, c := range m.istio {
		err = errors.Join(err, p.put(c))
	}
	return err
}

func (p *peer) put(c config.Config) error {
	old := p.server.Store().Get(c.GroupVersionKind, c.Name, c.Namespace)
	if old == nil {
		_, err := p.server.Store().Create(c)
		return err
	}
	c.ResourceVersion = old.ResourceVersion
	_, err := p.server.Store().Update(c)
	return err
}

func (p *peer) readiness(ready bool) func(*http.Request) error {
	return func(r *http.Request) error {
		pod := p.world.podByID(r.URL.Query().Get("pod"))
		if pod == nil {
			return errors.New("no such pod")
		}
		for _, object := range p.world.others {
			slice, ok := object.(*discoveryv1.EndpointSlice)
			if !ok || slice.Endpoints[0].TargetRef.Name != pod.Name || slice.Namespace != pod.Namespace {
				continue
			}
			slice = slice.DeepCopy()
			slice.Endpoints[0].Conditions.Ready = &ready
			slices := p.server.KubeClient().Kube().DiscoveryV1().EndpointSlices(slice.Namespace)
			if _, err := slices.Update(context.Background(), slice, metav1.UpdateOptions{}); err != nil {
				return err
			}
		}
		return nil
	}
}
