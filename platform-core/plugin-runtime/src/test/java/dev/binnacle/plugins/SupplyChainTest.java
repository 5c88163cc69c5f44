package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.plugins.supply.Trust;
import dev.binnacle.spi.Spi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupplyChainTest {
    private static final String NOTHING = "return List.of();";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.txt",
                "../plugin-evil/evil.txt",
                "lib/../../evil.txt",
                "/tmp/evil.txt",
                "C:/evil.txt",
                "..\\evil.txt",
                "lib//evil.txt",
                "./evil.txt",
                "evil.txt:stream",
                "evil\u0000.txt",
                " /evil.txt"
            })
    void anEntryThatLeavesTheFolderIsRefused(String name) throws IOException {
        assertThat(reasons(RawZip.ofPlugin("evil").file(name, "x")))
                .contains(name + ": leaves the plugin's folder. Pack the zip without this entry");
    }

    @Test
    void notAByteLandsOutsideTheRuntimesOwnFolder() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Path work = folder.resolve("work");
        RawZip.ofPlugin("evil")
                .file("../../plugins/other.zip", "x")
                .file("../../../work-evil/x", "x")
                .file("../plugin-evil/x", "x")
                .link("out", "/tmp")
                .file("out/evil.txt", "x")
                .writeTo(plugins.resolve("evil.zip"));
        var host = new TestHost();
        try (var runtime = new PluginRuntime(plugins, work, Limits.DEFAULT, Trust.EVERYBODY, host, host)) {
            runtime.refresh();
            assertThat(runtime.statuses())
                    .singleElement()
                    .extracting(ExtensionStatus::state)
                    .isEqualTo(ExtensionState.FAILED);
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)
                                .map(file -> folder.relativize(file).toString()))
                        .containsExactlyInAnyOrder(
                                "plugins/evil.zip",
                                "work.state/calls",
                                "work/1-evil/evil.zip",
                                "work/1-evil/plugin/plugin.properties",
                                "work/1-evil/plugin/out/evil.txt");
            }
        }
    }

    @Test
    void linksAndPipesAreRefused() throws IOException {
        assertThat(reasons(RawZip.ofPlugin("evil")
                        .link("lib/passwd", "/etc/passwd")
                        .pipe("lib/pipe")))
                .contains(
                        "lib/passwd: is a link. Pack the zip without this entry",
                        "lib/pipe: is neither a file nor a folder. Pack the zip without this entry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/a.jar", "LIB/A.JAR", "lib/a.jar.", "lib/a.jar/", "lib/ａ.jar"})
    void twoEntriesForOneFileAreRefused(String second) throws IOException {
        assertThat(reasons(RawZip.ofPlugin("evil").file("lib/a.jar", "x").file(second, "y")))
                .contains(second + ": is there twice, as lib/a.jar too. Pack the zip without this entry");
    }

    @Test
    void aBombIsRefusedByItsRatioBeforeItIsUnpacked() throws IOException {
        assertThat(reasons(RawZip.ofPlugin("bomb").zeros("big.bin", 64 << 20)))
                .anyMatch(reason -> reason.startsWith("big.bin: unpacks ") && reason.contains("as bombs do"));
    }

    @Test
    void aBombIsRefusedByWhatItIsInAll() throws IOException {
        var zip = RawZip.ofPlugin("bomb");
        for (int i = 0; i < 200; i++) {
            zip.zeros("part" + i, 3 << 20);
        }
        assertThat(reasons(zip)).anyMatch(reason -> reason.startsWith("would unpack to 201 entries with 629145"));
    }

    @Test
    void entriesThatShareBytesOrUnderstateTheirSizeAreRefused() throws IOException {
        assertThat(reasons(RawZip.ofPlugin("bomb")
                        .file(PluginManifest.FILE, "again")
                        .overlapping()))
                .anyMatch(reason -> reason.contains("shares its bytes with another one"));
        assertThat(reasons(RawZip.ofPlugin("bomb").understated("big.bin", 1 << 20, 10)))
                .anyMatch(reason -> reason.startsWith("the zip cannot be unpacked: "));
    }

    @Test
    void aBombInsideALibraryIsRefused() throws IOException {
        Path jar = new RawZip().zeros("big.bin", 64 << 20).writeTo(folder.resolve("a.jar"));
        Path zip = PluginZip.withCollector("bomb", NOTHING)
                .file("lib/a.jar", Files.readAllBytes(jar))
                .writeTo(folder);
        assertThat(reasons(zip)).anyMatch(reason -> reason.startsWith("big.bin: unpacks "));
    }

    @Test
    void aZipThatReadersUnderstandDifferentlyIsRefused() throws IOException {
        assertThat(reasons(RawZip.ofPlugin("evil").twoFaced("lib/good.jar", "lib/evil.jar")))
                .anyMatch(reason -> reason.contains("lib/evil.jar has another name in its own header"));
        Path zip = RawZip.ofPlugin("evil").writeTo(folder.resolve("before.zip"));
        var more = new ByteArrayOutputStream();
        more.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        more.write(Files.readAllBytes(zip));
        Files.write(zip, more.toByteArray());
        assertThat(reasons(zip)).anyMatch(reason -> reason.contains("is not where it says"));
    }

    @Test
    void classesForANewerJavaAreRefused() throws IOException {
        byte[] tooNew = PluginZip.classBytes(Spi.class);
        tooNew[6] = 0;
        tooNew[7] = (byte) (Runtime.version().feature() + 45);
        byte[] preview = PluginZip.classBytes(Spi.class);
        preview[4] = (byte) 0xFF;
        preview[5] = (byte) 0xFF;
        Path zip = PluginZip.withCollector("modern", NOTHING)
                .file("classes/demo/TooNew.class", tooNew)
                .file("lib/old.jar", jar("META-INF/versions/99/demo/A.class", tooNew, "module-info.class", tooNew))
                .file("lib/modern.jar", jar("demo/Preview.class", preview))
                .writeTo(folder);
        assertThat(reasons(zip))
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .startsWith("classes/ demo/TooNew.class (Java ")
                                .contains("needs a newer Java than this one"),
                        reason -> assertThat(reason)
                                .startsWith("lib/modern.jar demo/Preview.class (Java ")
                                .contains(" preview)"));
    }

    @Test
    void whatEndsThePlatformIsNamedByClassAndMethodAlsoInLibraries() throws IOException {
        byte[] library = PluginZip.compiled("demo.Killer", """
                package demo;
                class Killer {
                    Runnable later() { return Runtime.getRuntime()::gc; }
                    void now() { Runtime.getRuntime().halt(1); }
                    static java.util.function.IntConsumer reference() { return System::exit; }
                    String innocent() { return "exit"; }
                }
                """);
        Path zip = PluginZip.withCollector("evil", "if (at == null) System.exit(3); return List.of();")
                .file("lib/lib-1.0.jar", jar("demo/Killer.class", library))
                .writeTo(folder);
        assertThat(reasons(zip))
                .containsExactly(
                        "classes/: demo.C0$1.collect calls System.exit, which would end the whole platform. Throw an exception, or leave out the class",
                        "lib/lib-1.0.jar: demo.Killer.now calls Runtime.halt, which would end the whole platform. Throw an exception, or leave out the class",
                        "lib/lib-1.0.jar: demo.Killer.reference calls System.exit, which would end the whole platform. Throw an exception, or leave out the class");
    }

    @Test
    void aLibrarysOwnWayToEndIsItsCallersFault() throws IOException {
        byte[] guava = PluginZip.compiled("com.google.common.util.concurrent.UncaughtExceptionHandlers", """
                package com.google.common.util.concurrent;
                public class UncaughtExceptionHandlers {
                    public static Object systemExit() { Runtime.getRuntime().exit(1); return null; }
                }
                """);
        String name = "com/google/common/util/concurrent/UncaughtExceptionHandlers.class";
        var plugin = PluginZip.withCollector("a", NOTHING).file("lib/guava.jar", jar(name, guava));
        assertThat(reasons(plugin.writeTo(folder))).isEmpty();
        byte[] caller = PluginZip.compiled(
                "demo.Caller", """
                package demo;
                class Caller {
                    Object end() { return com.google.common.util.concurrent.UncaughtExceptionHandlers.systemExit(); }
                }
                """, "com.google.common.util.concurrent.UncaughtExceptionHandlers", """
                package com.google.common.util.concurrent;
                public class UncaughtExceptionHandlers { public static Object systemExit() { return null; } }
                """);
        assertThat(reasons(plugin.file("classes/demo/Caller.class", caller).writeTo(folder)))
                .singleElement()
                .asString()
                .startsWith("classes/: demo.Caller.end calls UncaughtExceptionHandlers.systemExit");
    }

    @Test
    void everyReasonIsSaidAtOnce() throws IOException {
        Path zip = PluginZip.withCollector("worst", "System.exit(1); return null;")
                .property("plugin.requires", ">=9.0.0")
                .file("classes/dev/binnacle/spi/Spi.class", PluginZip.classBytes(Spi.class))
                .file("classes/demo/Nonsense.class", new byte[] {1, 2, 3})
                .file("lib/broken.jar", new byte[] {1})
                .file("../escaped", new byte[1])
                .writeTo(folder);
        assertThat(reasons(zip))
                .hasSize(6)
                .anyMatch(reason -> reason.startsWith("../escaped: leaves"))
                .anyMatch(reason -> reason.contains("bundles the SPI in classes/"))
                .anyMatch(reason -> reason.contains("demo/Nonsense.class: is not a class"))
                .anyMatch(reason -> reason.contains("calls System.exit"))
                .anyMatch(reason -> reason.startsWith("lib/broken.jar: cannot be read"))
                .anyMatch(reason -> reason.startsWith("needs SPI >=9.0.0"));
    }

    @Test
    void aGoodPluginHasNothingAgainstIt() throws IOException {
        var verification =
                PluginVerifier.verify(PluginZip.withCollector("good", NOTHING).writeTo(folder), Trust.EVERYBODY);
        assertThat(verification).isEqualTo(new Verification("good", "1.0.0", List.of("collector-good"), List.of()));
        assertThat(verification.loads()).isTrue();
    }

    @Test
    void alteredAddedAndMissingFilesAreNamed() throws Exception {
        String list = sum("original") + "  data.txt\n" + sum("gone") + "  gone.txt\n";
        Path zip = PluginZip.withCollector("altered", NOTHING)
                .file("data.txt", "altered".getBytes(StandardCharsets.UTF_8))
                .file("SHA256SUMS", list.getBytes(StandardCharsets.UTF_8))
                .writeTo(folder);
        assertThat(reasons(zip))
                .contains(
                        "data.txt: was altered: its checksum is not the one in SHA256SUMS. Fetch the plugin again, or pack it anew",
                        "gone.txt: is in SHA256SUMS and missing. Fetch the plugin again, or pack it anew",
                        "plugin.properties: is not in SHA256SUMS. Fetch the plugin again, or pack it anew");
    }

    @Test
    void aChecksumBesideTheZipHasToFit() throws Exception {
        Path zip = PluginZip.withCollector("summed", NOTHING).writeTo(folder);
        Path list = folder.resolve("summed.zip.sha256");
        Files.writeString(list, sum(Files.readAllBytes(zip)) + "  anywhere/summed.zip\n");
        assertThat(reasons(zip)).isEmpty();
        Files.writeString(list, sum("other") + "  summed.zip\n");
        assertThat(reasons(zip))
                .singleElement()
                .asString()
                .startsWith("summed.zip: is not the file that summed.zip.sha256 was made of");
    }

    @Test
    void aSignatureByATrustedKeyIsNeededWhenRequired() throws Exception {
        var ours = newKeys();
        Path zip = PluginZip.withCollector("signed", NOTHING).writeTo(folder);
        Path sig = folder.resolve("signed.zip.sig");
        var required = new Trust(true, List.of(pem("ours.pem", ours), pem("others.pem", newKeys())));

        assertThat(reasons(zip, required)).singleElement().asString().startsWith("signed.zip.sig: is missing");
        Files.write(sig, sign(ours, zip));
        assertThat(reasons(zip, required)).isEmpty();
        Files.writeString(sig, Base64.getMimeEncoder().encodeToString(sign(ours, zip)) + "\n");
        assertThat(reasons(zip, required)).isEmpty();
        Files.write(sig, sign(newKeys(), zip));
        assertThat(reasons(zip, required))
                .singleElement()
                .asString()
                .contains("is not a signature of this file by a trusted key");
        assertThat(reasons(zip, new Trust(false, required.keys()))).hasSize(1);
        assertThat(reasons(zip, new Trust(true, List.of())))
                .singleElement()
                .asString()
                .contains("no key is trusted");
        assertThat(reasons(zip, Trust.EVERYBODY)).isEmpty();
    }

    @Test
    void aSignedPluginThatWasAlteredAfterwardsIsRefused() throws Exception {
        var keys = newKeys();
        Path zip = PluginZip.withCollector("signed", NOTHING).writeTo(folder);
        Files.write(folder.resolve("signed.zip.sig"), sign(keys, zip));
        PluginZip.withCollector("signed", "return null;").writeTo(folder);
        assertThat(reasons(zip, new Trust(true, List.of(pem("ours.pem", keys)))))
                .hasSize(1);
    }

    @Test
    void aKeyFileThatHoldsNoKeyIsNamed() throws Exception {
        Path zip = PluginZip.withCollector("signed", NOTHING).writeTo(folder);
        Files.write(folder.resolve("signed.zip.sig"), new byte[64]);
        Path key = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\nAAAA\n");
        assertThat(reasons(zip, new Trust(true, List.of(key))))
                .anyMatch(reason -> reason.startsWith(key + ": is not a PEM file with an Ed25519 public key"));
    }

    private List<String> reasons(RawZip zip) throws IOException {
        return reasons(zip.writeTo(folder.resolve("raw.zip")));
    }

    private List<String> reasons(Path zip) throws IOException {
        return reasons(zip, Trust.EVERYBODY);
    }

    private List<String> reasons(Path zip, Trust trust) throws IOException {
        return PluginVerifier.verify(zip, trust).objections().stream()
                .map(Objection::toString)
                .toList();
    }

    private static byte[] jar(Object... namesAndBytes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndBytes.length; i += 2) {
                out.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
                out.write((byte[]) namesAndBytes[i + 1]);
            }
        }
        return bytes.toByteArray();
    }

    private static String sum(String text) throws Exception {
        return sum(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static KeyPair newKeys() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static byte[] sign(KeyPair keys, Path file) throws Exception {
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(Files.readAllBytes(file));
        return signature.sign();
    }

    private Path pem(String name, KeyPair keys) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }
}
