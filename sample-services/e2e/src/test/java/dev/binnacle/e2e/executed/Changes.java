package dev.binnacle.e2e.executed;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/**
 * What the cases change of the mesh, one after the other. What a case applied is undone by the next that does anything, or by
 * {@link #close}: often the next applies the same resource with other content, and needs no clean slate for that.
 */
final class Changes implements AutoCloseable {
    private static final Map<String, String> API_VERSIONS = Map.of(
            "Service",
            "v1",
            "Secret",
            "v1",
            "ConfigMap",
            "v1",
            "PeerAuthentication",
            "security.istio.io/v1",
            "Telemetry",
            "telemetry.istio.io/v1",
            "RequestAuthentication",
            "security.istio.io/v1",
            "AuthorizationPolicy",
            "security.istio.io/v1",
            "EnvoyFilter",
            "networking.istio.io/v1alpha3");
    private static final String ISTIO = "networking.istio.io/v1";

    /** A resource as YAML reads it. */
    record Document(Map<String, Object> content) {
        String id() {
            var metadata = (Map<?, ?>) Objects.requireNonNull(content.get("metadata"));
            Object namespace = metadata.get("namespace");
            return content.get("kind") + " " + (namespace == null ? "default" : namespace) + "/" + metadata.get("name");
        }
    }

    private final String app;
    private final Map<String, Document> standing;
    private final Map<String, Document> applied = new LinkedHashMap<>();
    private final Map<String, Document> leftovers = new LinkedHashMap<>();

    /**
     * Creates changes of a mesh where nothing has been changed yet.
     *
     * @param app where the app listens
     * @param standing the resources that a case may replace, and that are put back
     */
    Changes(String app, List<Document> standing) {
        this.app = app;
        this.standing = standing.stream().collect(Collectors.toMap(Document::id, document -> document));
    }

    static List<Document> read(String yaml) {
        return StreamSupport.stream(new Yaml().loadAll(yaml).spliterator(), false)
                .filter(Objects::nonNull) // nothing stands behind a last separator
                .map(Changes::document)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Document document(Object read) {
        var content = new LinkedHashMap<String, Object>();
        content.put("apiVersion", API_VERSIONS.getOrDefault(String.valueOf(((Map<?, ?>) read).get("kind")), ISTIO));
        content.putAll((Map<String, Object>) read);
        return new Document(content);
    }

    /** Returns a mesh configuration with a provider that it has not got by this name. */
    @SuppressWarnings("unchecked")
    static String withProvider(String yaml, Map<String, Object> provider) {
        var mesh = new LinkedHashMap<String, Object>((Map<String, Object>) new Yaml().load(yaml));
        var providers = new ArrayList<Map<String, Object>>(
                (List<Map<String, Object>>) mesh.getOrDefault("extensionProviders", List.of()));
        if (providers.stream().noneMatch(known -> Objects.equals(known.get("name"), provider.get("name")))) {
            providers.add(provider);
        }
        mesh.put("extensionProviders", providers);
        return new Yaml().dump(mesh);
    }

    /** Starts another case. */
    void begin() {
        leftovers.putAll(applied);
        applied.clear();
    }

    void apply(String yaml) {
        var documents = read(yaml);
        var ids = documents.stream().map(Document::id).collect(Collectors.toSet());
        if (ids.containsAll(leftovers.keySet())) {
            leftovers.clear();
        }
        settle();
        make("apply", documents);
        documents.forEach(document -> applied.put(document.id(), document));
    }

    /** Deletes what the case applied. */
    void delete(String yaml) {
        var documents = read(yaml);
        make("delete", documents);
        documents.forEach(document -> applied.remove(document.id()));
    }

    /** Undoes what earlier cases left. */
    void settle() {
        undo(leftovers);
        leftovers.clear();
    }

    /** Returns what was applied; the mesh configuration also without its ConfigMap. */
    List<Map<String, Object>> contents() {
        return Stream.concat(
                        applied.values().stream().map(Document::content),
                        applied.values().stream().flatMap(Changes::meshConfig))
                .toList();
    }

    private static Stream<Map<String, Object>> meshConfig(Document document) {
        if (!document.id().equals("ConfigMap istio-system/istio")) {
            return Stream.empty();
        }
        var data = (Map<?, ?>) Objects.requireNonNull(document.content().get("data"));
        return read("kind: MeshConfig\n" + data.get("mesh")).stream().map(Document::content);
    }

    /** Puts back what stood there, and removes the rest. */
    private void undo(Map<String, Document> documents) {
        var back = documents.keySet().stream()
                .flatMap(id -> Stream.ofNullable(standing.get(id)))
                .toList();
        var added = new ArrayList<>(documents.values());
        added.removeIf(document -> standing.containsKey(document.id()));
        make("delete", added.reversed());
        make("apply", back);
    }

    @Override
    public void close() {
        begin();
        settle();
    }

    /** Returns why resources are refused. */
    String refused(String yaml) {
        var response = send("apply", dump(read(yaml)));
        assertThat(response.statusCode()).isEqualTo(422);
        return response.asString();
    }

    private static String dump(List<Document> documents) {
        return documents.stream()
                .map(document -> new Yaml().dump(document.content()))
                .collect(Collectors.joining("---\n"));
    }

    private Response send(String change, String text) {
        return given().baseUri(app)
                .contentType(ContentType.JSON)
                .body(Map.of("files", List.of(Map.of("name", "case.yaml", "text", text))))
                .post("/api/v1/" + change);
    }

    private void make(String change, List<Document> documents) {
        if (documents.isEmpty()) {
            return;
        }
        String text = dump(documents);
        var response = send(change, text);
        assertThat(response.statusCode())
                .as(() -> change + "\n" + text + "\n" + response.asPrettyString())
                .isEqualTo(200);
    }
}
