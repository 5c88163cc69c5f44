package dev.binnacle.e2e;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The real Prometheus of the instance, asked through its API. */
final class Prometheus {
    private final String url;

    Prometheus(String url) {
        this.url = url;
    }

    /** Returns the value of an instant query that has exactly one result, or 0 where it has none yet. */
    double value(String query) {
        List<Map<String, Object>> result = query(query);
        if (result.size() > 1) {
            throw new AssertionError(query + " has " + result.size() + " results: " + result);
        }
        return result.isEmpty() ? 0 : number(result.getFirst());
    }

    /** Returns the values of an instant query by the value of one label. */
    Map<String, Double> valuesBy(String label, String query) {
        return valuesBy(List.of(label), query);
    }

    /** Returns the values of an instant query by the values of some labels, with a space between them. */
    Map<String, Double> valuesBy(List<String> labels, String query) {
        var values = new TreeMap<String, Double>();
        for (Map<String, Object> series : query(query)) {
            Map<String, String> own = labels(series);
            String key =
                    labels.stream().map(label -> own.getOrDefault(label, "")).collect(Collectors.joining(" "));
            values.merge(key, number(series), Double::sum);
        }
        return values;
    }

    /** Returns the label sets of an instant query's results. */
    List<Map<String, String>> labels(String query) {
        return query(query).stream().map(Prometheus::labels).toList();
    }

    /** Returns the values of an instant query, of whatever series. */
    List<Double> values(String query) {
        return query(query).stream().map(Prometheus::number).toList();
    }

    /** Returns the values that a label has among some series. */
    List<String> labelValues(String label, String series) {
        return given().baseUri(url)
                .queryParam("match[]", series)
                .get("/api/v1/label/" + label + "/values")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data");
    }

    /** Returns the names of all metrics that it has seen. */
    List<String> metricNames() {
        return get("/api/v1/label/__name__/values").getList("data");
    }

    /** Returns the active targets as Prometheus lists them. */
    List<Map<String, Object>> activeTargets() {
        return get("/api/v1/targets?state=active").getList("data.activeTargets");
    }

    /** Returns the rules as Prometheus lists them, each with its health and its last error. */
    List<Map<String, Object>> rules() {
        return get("/api/v1/rules").getList("data.groups.rules.flatten()");
    }

    private List<Map<String, Object>> query(String query) {
        return given().baseUri(url)
                .queryParam("query", query)
                .get("/api/v1/query")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.result");
    }

    private JsonPath get(String path) {
        return given().baseUri(url).get(path).then().statusCode(200).extract().jsonPath();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> labels(Map<String, Object> series) {
        return (Map<String, String>) series.get("metric");
    }

    private static double number(Map<String, Object> series) {
        return Double.parseDouble(((List<?>) series.get("value")).get(1).toString());
    }
}
