package dev.binnacle.kubernetes.testkit;

import java.util.Locale;

/** A program that a cluster is made of, or that people use with one; its version is pinned in {@code programs/MODULE/go.mod}. */
public enum Program {
    /** The store behind the API server. */
    ETCD("etcd", "go.etcd.io/etcd/server/v3"),
    /** The API server. */
    KUBE_APISERVER("kubernetes", "k8s.io/kubernetes/cmd/kube-apiserver"),
    /** The command line of Kubernetes, with kustomize in it. */
    KUBECTL("kubernetes", "k8s.io/kubernetes/cmd/kubectl"),
    /** Renders charts. */
    HELM("helm", "helm.sh/helm/v3/cmd/helm"),
    /** Istio's command line, for {@code istioctl analyze}. */
    ISTIOCTL("istioctl", "istio.io/istio/istioctl/cmd/istioctl"),
    /** Asks registries of images, and is one. */
    CRANE("crane", "github.com/google/go-containerregistry/cmd/crane");

    private final String module;
    private final String goPackage;

    Program(String module, String goPackage) {
        this.module = module;
        this.goPackage = goPackage;
    }

    /** Returns the program's file name. */
    public String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String module() {
        return module;
    }

    String goPackage() {
        return goPackage;
    }
}
