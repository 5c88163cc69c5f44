package dev.binnacle.plugins.supply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Whose plugins are loaded: those with an Ed25519 signature beside them, in {@code FILE.sig}, that one of the keys made.
 *
 * <p>The key files are read anew for every plugin, so that keys can be changed while the platform runs.
 *
 * @param required whether a plugin without a signature is refused
 * @param keys PEM files with one public key each, as {@code openssl pkey -pubout} writes them
 */
public record Trust(boolean required, List<Path> keys) {
    /** Takes every plugin. */
    public static final Trust EVERYBODY = new Trust(false, List.of());

    private static final int SIGNATURE_BYTES = 64;
    private static final long LONGEST_SIGNATURE_FILE = 4096;

    public Trust {
        keys = List.copyOf(keys);
    }

    /** Returns what is wrong with the signature {@code sig} of {@code file}; nothing when it is good, or not needed. */
    List<Objection> judge(Path file, Path sig) throws IOException {
        String name = sig.getFileName().toString();
        if (!Files.isRegularFile(sig)) {
            return required ? List.of(unsigned(name)) : List.of();
        }
        if (keys.isEmpty()) {
            return required ? List.of(noKeys()) : List.of();
        }
        var problems = new ArrayList<Objection>();
        byte[] signature = signature(sig);
        boolean good = false;
        for (Path key : keys) {
            try {
                good = good || isSignedBy(read(key), file, signature);
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                problems.add(new Objection(
                        key.toString(),
                        "is not a PEM file with an Ed25519 public key",
                        "Write it with openssl pkey -pubout"));
            }
        }
        if (good) {
            return List.of();
        }
        problems.add(new Objection(
                name,
                "is not a signature of this file by a trusted key",
                "Fetch file and signature again; keys are named by binnacle.plugins.trusted-keys"));
        return problems;
    }

    private static Objection unsigned(String name) {
        return new Objection(
                name,
                "is missing, and binnacle.plugins.signatures=required",
                "Sign the zip: openssl pkeyutl -sign -rawin -inkey KEY.pem -in FILE -out FILE.sig");
    }

    private static Objection noKeys() {
        return new Objection(
                "", "signatures are required and no key is trusted", "Name one by binnacle.plugins.trusted-keys");
    }

    private static byte[] signature(Path sig) throws IOException {
        if (Files.size(sig) > LONGEST_SIGNATURE_FILE) {
            return new byte[0];
        }
        byte[] bytes = Files.readAllBytes(sig);
        try {
            return bytes.length == SIGNATURE_BYTES
                    ? bytes
                    : Base64.getMimeDecoder().decode(bytes);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static PublicKey read(Path pem) throws IOException, GeneralSecurityException {
        String text = Files.readString(pem).replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(text)));
    }

    private static boolean isSignedBy(PublicKey key, Path file, byte[] signature)
            throws IOException, GeneralSecurityException {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        try (var in = Files.newInputStream(file)) {
            var chunk = new byte[1 << 16];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                verifier.update(chunk, 0, read);
            }
        }
        return verifier.verify(signature);
    }
}
