package dev.binnacle.mesh.credential;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Credential;
import dev.binnacle.mesh.ir.Hidden;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.kubernetes.Secret;
import dev.binnacle.mesh.kubernetes.Secret.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the certificates and authorities that proxies ask for by name, as istiod does. */
public final class Credentials {
    /** What is under a name. */
    public sealed interface Found {
        /** What a proxy is told. */
        record Usable(Credential credential, Value certificates) implements Found {}

        /** Nothing: why not, and what would help. */
        record Missing(String why, String fix) implements Found {}

        /** Something that no proxy could use. */
        record Unusable(Place place, String why) implements Found {}
    }

    /** Who asks: from the files of its pod some are Secrets. */
    public record Asker(String namespace, Map<String, String> mounts) {}

    private record PairKey(Hidden chain, Hidden key) {}

    private record AuthoritiesKey(Hidden certificates, List<Hidden> revoked) {}

    /** A value of its own for each check, so that what was checked is forgotten soon. */
    private record Verdict(Optional<String> problem) {}

    private static final String SCHEME = "://";

    /** To check takes a signature, and the same certificates are looked at with every change of the mesh. */
    private static final Kept<Verdict> CHECKED = new Kept<>();

    private final Map<ResourceRef, Secret> secrets = new HashMap<>();

    public Credentials(List<Secret> all) {
        all.forEach(secret -> secrets.put(secret.ref(), secret));
    }

    /** Returns a certificate with its key. */
    public Found pair(Asker asker, String name) {
        return name.startsWith(CredentialName.FILES)
                ? pairOfFiles(asker, name)
                : pairOfSecret(permitted(asker, name), name);
    }

    /** Returns authorities. */
    public Found authorities(Asker asker, String name) {
        return name.startsWith(CredentialName.AUTHORITIES_FILE)
                ? authoritiesOfFiles(asker, name)
                : authoritiesOfSecret(permitted(asker, name), name);
    }

    /** Where Gateway API refers to a Secret, it was found permitted before: whoever asks is as good as beside it. */
    private static Asker permitted(Asker asker, String name) {
        return name.startsWith(CredentialName.GATEWAY_SECRET)
                ? new Asker(ref(asker, name).namespace(), Map.of())
                : asker;
    }

    private Found pairOfSecret(Asker asker, String name) {
        var ref = ref(asker, name);
        if (name.endsWith(CredentialName.AUTHORITIES)) {
            return new Found.Missing(
                    "Istio reads only authorities from names that end in " + CredentialName.AUTHORITIES,
                    "Give the Secret " + ref.name() + " another name");
        }
        var secret = visible(asker, ref);
        if (secret.isEmpty()) {
            return missing(asker, ref, "");
        }
        // As istiod does: the generic names go before those of type kubernetes.io/tls.
        var keys = both(secret.get(), "cert", "key") ? List.of("cert", "key") : List.of("tls.crt", "tls.key");
        if (!both(secret.get(), keys.get(0), keys.get(1))) {
            return new Found.Unusable(
                    secret.get().place(), "it has neither cert and key nor tls.crt and tls.key, or they are empty");
        }
        var staple = keys.contains("tls.crt") ? secret.get().get("tls.ocsp-staple") : Optional.<Value>empty();
        return pair(
                name,
                secret.get().get(keys.get(0)).orElseThrow(),
                secret.get().get(keys.get(1)).orElseThrow(),
                staple);
    }

    private static boolean both(Secret secret, String one, String other) {
        return secret.get(one).isPresent() && secret.get(other).isPresent();
    }

    private Found pairOfFiles(Asker asker, String name) {
        String[] paths = CredentialName.parts(name, CredentialName.FILES);
        var certificate = file(asker, paths[0]);
        var key = file(asker, paths[1]);
        return certificate.isEmpty() || key.isEmpty()
                ? noFile(certificate.isEmpty() ? paths[0] : paths[1])
                : pair(name, certificate.get(), key.get(), Optional.empty());
    }

    private static Found pair(String name, Value chain, Value key, Optional<Value> staple) {
        var verdict = CHECKED.get(
                new PairKey(chain.bytes(), key.bytes()),
                () -> verdict(() -> KeyPairs.check(chain.bytes(), key.bytes())));
        return verdict.problem()
                .<Found>map(why -> new Found.Unusable(chain.place(), why))
                .orElseGet(() -> new Found.Usable(
                        new Credential.KeyPair(
                                name,
                                chain.bytes(),
                                key.bytes(),
                                staple.map(Value::bytes),
                                chain.place().origin()),
                        chain));
    }

    /** Of a name that does not end as Istio's names for authorities do, Istio finds none. */
    private Found authoritiesOfSecret(Asker asker, String name) {
        var own = ref(asker, name);
        if (!name.endsWith(CredentialName.AUTHORITIES)) {
            return new Found.Missing(
                    "Istio reads authorities only from names that end in " + CredentialName.AUTHORITIES,
                    "Call the Secret " + own.name() + CredentialName.AUTHORITIES);
        }
        String stem = own.name().substring(0, own.name().length() - CredentialName.AUTHORITIES.length());
        var other = new ResourceRef("Secret", own.namespace(), stem);
        var secret = visible(asker, own).or(() -> visible(asker, other));
        if (secret.isEmpty()) {
            return missing(asker, other, ", nor " + own.name() + ",");
        }
        String key = secret.get().get("cacert").isPresent() ? "cacert" : "ca.crt";
        return secret.get()
                .get(key)
                .map(certificates ->
                        authorities(name, certificates, secret.get().get(key.equals("cacert") ? "crl" : "ca.crl")))
                .orElseGet(() -> new Found.Unusable(
                        secret.get().place(), "it has neither cacert nor ca.crt, or it is empty: no authorities"));
    }

    private Found authoritiesOfFiles(Asker asker, String name) {
        String[] paths = CredentialName.parts(name, CredentialName.AUTHORITIES_FILE);
        var certificates = file(asker, paths[0]);
        var revoked = paths.length > 1 ? file(asker, paths[1]) : Optional.<Value>empty();
        if (certificates.isEmpty()) {
            return noFile(paths[0]);
        }
        return paths.length > 1 && revoked.isEmpty()
                ? noFile(paths[1])
                : authorities(name, certificates.get(), revoked);
    }

    private static Found authorities(String name, Value certificates, Optional<Value> revoked) {
        var lists = revoked.map(Value::bytes).stream().toList();
        var verdict = CHECKED.get(
                new AuthoritiesKey(certificates.bytes(), lists),
                () -> verdict(() -> KeyPairs.checkAuthorities(certificates.bytes(), lists)));
        return verdict.problem()
                .<Found>map(why -> new Found.Unusable(certificates.place(), why))
                .orElseGet(() -> new Found.Usable(
                        new Credential.Authorities(
                                name,
                                certificates.bytes(),
                                revoked.map(Value::bytes),
                                certificates.place().origin()),
                        certificates));
    }

    /** Pods get what is in their own namespace, whatever namespace a name says. */
    private Optional<Secret> visible(Asker asker, ResourceRef ref) {
        return ref.namespace().equals(asker.namespace()) ? Optional.ofNullable(secrets.get(ref)) : Optional.empty();
    }

    private static ResourceRef ref(Asker asker, String name) {
        String text = name.substring(name.indexOf(SCHEME) + SCHEME.length());
        int slash = text.indexOf('/');
        return slash < 0
                ? new ResourceRef("Secret", asker.namespace(), text)
                : new ResourceRef("Secret", text.substring(0, slash), text.substring(slash + 1));
    }

    private Found missing(Asker asker, ResourceRef ref, String nor) {
        if (!ref.namespace().equals(asker.namespace())) {
            return new Found.Missing(
                    "a Secret in namespace " + ref.namespace() + " is not for pods in " + asker.namespace(),
                    "Put it into namespace " + asker.namespace());
        }
        var elsewhere = secrets.keySet().stream()
                .filter(other -> other.name().equals(ref.name()))
                .findFirst();
        return new Found.Missing(
                "there is no Secret " + ref.name() + nor + " in namespace " + asker.namespace()
                        + elsewhere
                                .map(other -> ", only one in " + other.namespace())
                                .orElse(""),
                "Add it to the namespace of the pods, from a file or by ./binnacle certificate");
    }

    private static Found noFile(String path) {
        return new Found.Missing(
                "the pods have no file " + path,
                "Mount a Secret there (volumes and volumeMounts of the Deployment), or use credentialName");
    }

    /** Files are keys of mounted Secrets and nothing else: no path leads to a file of this machine. */
    private Optional<Value> file(Asker asker, String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.ofNullable(asker.mounts().get(path.substring(0, slash)))
                        .flatMap(name ->
                                Optional.ofNullable(secrets.get(new ResourceRef("Secret", asker.namespace(), name))))
                        .flatMap(secret -> secret.get(path.substring(slash + 1)));
    }

    /** A step that may find something unusable. */
    @FunctionalInterface
    private interface Check {
        void run() throws UnusableException;
    }

    private static Verdict verdict(Check check) {
        try {
            check.run();
            return new Verdict(Optional.empty());
        } catch (UnusableException e) {
            return new Verdict(Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
