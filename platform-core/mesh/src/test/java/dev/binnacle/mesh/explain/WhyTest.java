package dev.binnacle.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Unanswered;
import dev.binnacle.mesh.golden.GoldenCases;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhyTest {
    private static Explanation explain(String name, WhyRequest request) throws IOException {
        var manifests = Translation.read(GoldenCases.input(name)).value();
        return Why.explain(manifests, Translation.plan(manifests), request);
    }

    private static Answer answer(String name, WhyRequest request) throws IOException {
        var explanation = explain(name, request);
        assertThat(explanation).isInstanceOf(Answer.class);
        return (Answer) explanation;
    }

    private static WhyRequest get(String from, String to, String path, Map<String, String> headers) {
        return new WhyRequest(from, to, Optional.empty(), path, "GET", headers);
    }

    @Test
    void aHeaderLeadsToTheSubsetOfItsRule() throws IOException {
        var answer = answer("canary", get("storefront", "catalog", "/items", Map.of("X-User-Group", "testers")));
        assertThat(answer.from()).isEqualTo("storefront-0.default");
        assertThat(answer.virtualHost()).isEqualTo("catalog.default.svc.cluster.local:8080");
        assertThat(answer.route().name()).isEqualTo("testers");
        assertThat(answer.route().file() + ":" + answer.route().line()).isEqualTo("input.yaml:17");
        assertThat(answer.route().resource()).hasToString("VirtualService default/catalog");
        assertThat(answer.action()).isEqualTo("forward");
        assertThat(answer.tls()).isEqualTo("mutual");
        assertThat(answer.clusters()).singleElement().satisfies(target -> {
            assertThat(target.name()).isEqualTo("outbound|8080|v2|catalog.default.svc.cluster.local");
            assertThat(target.weight()).isEqualTo(100);
            assertThat(target.endpoints()).extracting(Explanation.Pod::pod).containsExactly("catalog-v2-0.default");
        });
        assertThat(answer.policies())
                .singleElement()
                .satisfies(policy -> assertThat(policy.kind()).isEqualTo("DestinationRule"));
        assertThat(answer.notes()).isEmpty();
    }

    @Test
    void withoutTheHeaderTheWeightsDecide() throws IOException {
        var answer = answer("canary", get("storefront.default", "http://catalog:8080/items", "/items", Map.of()));
        assertThat(answer.route().name()).isEqualTo("split");
        assertThat(answer.clusters()).extracting(Explanation.Target::weight).containsExactly(80, 20);
    }

    @Test
    void theJsonHasThePromisedFields() throws IOException {
        var json = JsonParser.parseString(WhyJson.write(answer("canary", get("storefront", "catalog", "/", Map.of()))))
                .getAsJsonObject();
        assertThat(json.keySet())
                .contains(
                        "listener",
                        "virtualHost",
                        "route",
                        "action",
                        "clusters",
                        "policies",
                        "tls",
                        "effects",
                        "others");
        assertThat(json.getAsJsonObject("route").keySet()).contains("file", "line", "name");
        assertThat(json.getAsJsonArray("clusters").get(0).getAsJsonObject().keySet())
                .contains("name", "host", "subset", "port", "weight", "endpoints");
    }

    @Test
    void rulesThatDoNotDecideSayWhy() throws IOException {
        assertThat(reasons(answer("canary", get("storefront", "catalog", "/items", Map.of("x-user-group", "a")))))
                .containsExactly("testers: header x-user-group is \"a\", wanted \"testers\"");
        assertThat(reasons(answer("canary", get("storefront", "catalog", "/", Map.of("x-user-group", "testers")))))
                .containsExactly("split: it would match, but the route above comes first");
        assertThat(reasons(answer("match-kinds", get("storefront", "catalog", "/items/7", Map.of("x-absent", "")))))
                .containsExactly(
                        "all-kinds.exact: path \"/items/7\" is not \"/items\" in any case",
                        "all-kinds.prefix: header cookie is absent, wanted a value that matches the regex"
                                + " \"^(.*?;)?(user=jane)(;.*)?$\"; header x-present is absent, wanted any value;"
                                + " header x-absent is \"\", which withoutHeaders excludes",
                        "all-kinds.regex: query parameter v is absent, wanted \"3\"; query parameter w is absent,"
                                + " wanted a value that begins with \"a\"");
    }

    @Test
    void rulesForOtherCallersSayWhose() throws IOException {
        assertThat(reasons(answer("match-caller", get("storefront", "catalog", "/a", Map.of()))))
                .contains(
                        "of-others: it is for callers with label app=payments, storefront has app=storefront",
                        "of-namespace: it is for callers in namespace data, not default",
                        "of-port: it is for port 9999, this is port 8080",
                        "of-gateway: it is for default/edge, not for mesh");
    }

    @Test
    void virtualServicesThatHaveNoSaySayWhy() throws IOException {
        assertThat(reasons(answer("two-virtualservices-one-host", get("storefront", "catalog", "/", Map.of()))))
                .isNotEmpty()
                .last()
                .asString()
                .endsWith("decides about catalog.default.svc.cluster.local");
    }

    @Test
    void whoMustComeByHttpsIsSentThereWithThePortAsAsked() throws IOException {
        var host = Map.of("host", "shop.example.com:80");
        var answer = answer("gateway-https-redirect", get("ingress", "shop.example.com:80", "/a?b=c", host));
        assertThat(answer.action()).isEqualTo("redirect 301");
        assertThat(answer.effects().location()).isEqualTo("https://shop.example.com:80/a?b=c");
    }

    @Test
    void aDestinationRuleIsToldInItsOwnWords() throws IOException {
        var rule = """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: payments}
                spec:
                  host: payments
                  trafficPolicy:
                    loadBalancer: {simple: ROUND_ROBIN}
                    connectionPool: {tcp: {maxConnections: 7}}
                    outlierDetection: {consecutive5xxErrors: 3, consecutiveGatewayErrors: 2}
                """;
        var files = new ArrayList<>(GoldenCases.input("canary"));
        files.add(new ManifestFile("payments.yaml", rule));
        var manifests = Translation.read(files).value();
        var answer = (Answer)
                Why.explain(manifests, Translation.plan(manifests), get("storefront", "payments", "/", Map.of()));
        assertThat(answer.policies())
                .extracting(Explanation.Policy::effect)
                .contains(
                        "load balancing ROUND_ROBIN, at most 7 connections, ejects none of 1 endpoints after 3 5xx in a"
                                + " row or 2 gateway errors in a row, TLS automatic");
    }

    @Test
    void whatTheProxyAnswersItselfIsTold() throws IOException {
        var moved = answer("redirect-direct-response", get("storefront", "catalog", "/old?a=b", Map.of()));
        assertThat(moved.effects().status()).isEqualTo(308);
        assertThat(moved.effects().location()).isEqualTo("https://example.com:8443/new?a=b");
        var teapot = answer("redirect-direct-response", get("storefront", "catalog", "/", Map.of()));
        assertThat(teapot.effects().status()).isEqualTo(418);
        assertThat(teapot.effects().body()).isEqualTo("short and stout\n");
        assertThat(WhyJson.write(moved)).contains("\"status\": 308");
    }

    private static List<String> reasons(Answer answer) {
        return answer.others().stream()
                .map(other -> other.route().name() + ": " + String.join("; ", other.reasons()))
                .toList();
    }

    @Test
    void whatHappensOnTheWayIsTold() throws IOException {
        var text =
                WhyText.write(answer("rewrite-timeout-headers", get("storefront", "catalog", "/old/7?a=b", Map.of())));
        assertThat(text)
                .contains("path      /new/7?a=b\n")
                .contains("to host   catalog.example.com\n")
                .contains("timeout   1.5s\n")
                .contains("retries   3 on 5xx,reset,retriable-status-codes,503, 0.5s for each try\n")
                .contains(
                        "headers   request: set x-set=s, add x-add=a %REQ(x-b)% 100%%, remove [x-gone]; response: set")
                .contains("weight 1: catalog-v1-0.default (127.16.16.2:8080), response: add x-subset=v1\n")
                .contains("skipped   input.yaml:36 \"host-by-header\" of VirtualService default/catalog"
                        + " (catalog.default.svc.cluster.local): path \"/old/7\" does not begin with \"/h\"");
    }

    @Test
    void theTextNamesTheLine() throws IOException {
        assertThat(WhyText.write(answer("canary", get("storefront", "catalog", "/", Map.of()))))
                .contains("route     input.yaml:22 \"split\" of VirtualService default/catalog")
                .contains("weight 80: catalog-v1-0.default");
    }

    @Test
    void withoutAVirtualServiceTheServiceDecides() throws IOException {
        var answer = answer("canary", get("storefront", "payments", "/", Map.of()));
        assertThat(answer.route().name()).isEqualTo("default");
        assertThat(answer.route().file()).isEqualTo("shop.yaml");
        assertThat(answer.route().resource()).hasToString("Service default/payments");
    }

    @Test
    void everyKindOfConditionIsDecidedAsEnvoyDoes() throws IOException {
        assertThat(answer("match-kinds", get("storefront", "catalog", "/ITEMS?x=1", Map.of()))
                        .route()
                        .name())
                .isEqualTo("all-kinds.exact");
        assertThat(answer("match-kinds", get("storefront", "catalog", "/items/7?v=3&w=abc", Map.of()))
                        .route()
                        .name())
                .isEqualTo("all-kinds.regex");
        var prefix = Map.of("cookie", "a=b;user=jane", "x-present", "", "x-not", "that");
        assertThat(answer("match-kinds", get("storefront", "catalog", "/items/a", prefix))
                        .route()
                        .name())
                .isEqualTo("all-kinds.prefix");
        assertThat(answer("match-kinds", get("storefront", "catalog", "/items/a", Map.of("x-absent", "x")))
                        .route()
                        .name())
                .isEqualTo("rest");
    }

    @Test
    void noMatchingRouteIsA404() throws IOException {
        var answer = answer("rewrite-timeout-headers", get("storefront", "catalog", "/none", Map.of()));
        assertThat(answer.route()).isNull();
        assertThat(answer.action()).isEqualTo("not found");
        assertThat(answer.notes()).containsExactly("no route matches: the proxy answers 404 (NR)");
        assertThat(answer.tls()).isEqualTo("none");
    }

    @Test
    void tcpIsDecidedByTheAddress() throws IOException {
        var answer = answer("canary", get("storefront", "ledger.data", "/", Map.of()));
        assertThat(answer.action()).isEqualTo("tcp");
        assertThat(answer.virtualHost()).isNull();
        assertThat(answer.clusters()).extracting(Explanation.Target::port).containsExactly(7000);
    }

    @Test
    void aStrictServerIsAPolicy() throws IOException {
        var answer = answer("mtls-strict-workload", get("storefront", "payments", "/", Map.of()));
        assertThat(answer.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.name()).isEqualTo("payments");
            assertThat(policy.effect()).isEqualTo("STRICT at port 8080");
        });
    }

    @Test
    void aServerWithoutTlsIsCalledInPlaintext() throws IOException {
        assertThat(answer("mtls-disable-client", get("storefront", "payments", "/", Map.of()))
                        .tls())
                .isEqualTo("plaintext");
    }

    @Test
    void whatLeadsNowhereSaysSo() throws IOException {
        var answer = answer("unknown-destinations", get("storefront", "catalog", "/a", Map.of()));
        String nowhere = "outbound|8080||catalogue.default.svc.cluster.local";
        assertThat(answer.clusters()).extracting(Explanation.Target::name).containsExactly(nowhere);
        assertThat(answer.notes()).containsExactly("there is no cluster " + nowhere + ": its requests get 503 (NC)");
    }

    @Test
    void gatewaysAreAskedByHost() throws IOException {
        var api = answer("gateway", get("ingress.istio-system", "shop.example.com:80", "/api/x", Map.of()));
        assertThat(api.virtualHost()).isEqualTo("shop.example.com:80");
        assertThat(api.clusters())
                .extracting(Explanation.Target::host)
                .containsExactly("catalog.default.svc.cluster.local");
        assertThat(answer("gateway", get("ingress", "unknown.test", "/", Map.of()))
                        .action())
                .isEqualTo("not found");
        assertThat(explain("gateway", get("ingress", "shop.example.com:81", "/", Map.of())))
                .isInstanceOf(Unanswered.class);
    }

    @Test
    void unknownHostsGetNoFurtherThanTheProxyPort() throws IOException {
        var answer = answer("canary", get("storefront", "example.com", "/", Map.of()));
        assertThat(answer.action()).isEqualTo("pass through");
        assertThat(answer.notes())
                .hasSize(1)
                .first()
                .asString()
                .contains("no Service or ServiceEntry has the host example.com");
    }

    @Test
    void whoDoesNotExistIsNamedWithThoseWhoDo() throws IOException {
        assertThat(explain("canary", get("nobody", "catalog", "/", Map.of())))
                .isInstanceOfSatisfying(Unanswered.class, u -> {
                    assertThat(u.message()).contains("nobody");
                    assertThat(u.fix()).contains("storefront.default");
                });
        assertThat(explain("plain-pod", get("tool", "web", "/", Map.of()))).isInstanceOf(Unanswered.class);
    }

    @Test
    void faultsCopiesAndBrowsersAreEffects() throws IOException {
        var trouble = answer("fault-mirror-cors", get("storefront", "catalog", "/trouble", Map.of()));
        assertThat(trouble.effects().fault()).isEqualTo(new Effects.Trouble(Duration.ofSeconds(2), 10, 503, null, 0.5));
        assertThat(WhyText.write(trouble)).contains("10% wait 2s first, 0.5% end here with 503");
        assertThat(answer("fault-mirror-cors", get("storefront", "catalog", "/grpc", Map.of()))
                        .effects()
                        .fault())
                .isEqualTo(new Effects.Trouble(null, 0, null, 5, 100));
        var copies = answer("fault-mirror-cors", get("storefront", "catalog", "/copies", Map.of()));
        assertThat(copies.effects().copies())
                .containsExactly(new Effects.Copy("outbound|8080|v2|catalog.default.svc.cluster.local", 12.5));
        assertThat(answer("fault-mirror-cors", get("storefront", "catalog", "/browsers", Map.of()))
                        .effects()
                        .cors())
                .isTrue();
    }

    @Test
    void rulesForConnectionsDecideByCallerAddressAndName() throws IOException {
        var split = answer("tcp-routes", get("storefront", "ledger.data:7000", "/", Map.of()));
        assertThat(split.action()).isEqualTo("tcp");
        assertThat(split.route().resource()).hasToString("VirtualService data/ledger");
        assertThat(split.clusters()).extracting(Explanation.Target::weight).containsExactly(90, 10);
        var other = answer("tcp-routes", get("payments", "ledger.data:7000", "/", Map.of()));
        assertThat(other.route().resource()).hasToString("Service data/ledger");
        assertThat(reasons(split.others()))
                .containsExactly(
                        "ledger-tls.data.svc.cluster.local: it is for addresses in 10.0.0.0/8, this is 127.17.48.5");
        assertThat(reasons(other.others()))
                .contains("ledger.data.svc.cluster.local, ledger-tls.data.svc.cluster.local:"
                        + " it is for callers with label app=storefront, payments has app=payments");
        var unnamed = answer("tcp-routes", get("storefront", "ledger-tls.data:7443", "/", Map.of()));
        assertThat(reasons(unnamed.others()))
                .contains("ledger.data.svc.cluster.local: it is for clients that name *.ledger.example.com,"
                        + " this one names ledger-tls.data");
        assertThat(unnamed.action()).isEqualTo("closed");
        assertThat(unnamed.notes()).containsExactly("no rule for connections matches: the proxy closes them");
    }

    private static List<String> reasons(List<Explanation.Other> others) {
        return others.stream()
                .map(other -> other.leadsTo() + ": " + String.join("; ", other.reasons()))
                .toList();
    }

    @Test
    void aDelegatedRuleIsFoundWhereItIsWritten() throws IOException {
        var answer = answer("delegation", get("storefront", "catalog", "/items/fast/1", Map.of()));
        assertThat(answer.route().name()).isEqualTo("items-fast");
        assertThat(answer.route().resource()).hasToString("VirtualService default/catalog-items");
        assertThat(answer.effects().timeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(answer.others())
                .extracting(Explanation.Other::route)
                .extracting(Explanation.Rule::name)
                .containsExactly("items", "");
    }

    @Test
    void thePolicyThatRefusesIsNamedWithItsRule() throws IOException {
        var denied = answer("authorization", get("storefront", "payments", "/payments/refunds/1", Map.of()));
        assertThat(denied.notes())
                .contains("payments-0.default answers 403 \"RBAC: access denied\", as a rule denies it"
                        + " (rbac_access_denied_matched_policy[ns[default]-policy[no-refunds]-rule[0]])");
        assertThat(denied.policies())
                .anySatisfy(policy -> assertThat(
                                policy.kind() + " " + policy.name() + " " + policy.file() + ":" + policy.line())
                        .isEqualTo("AuthorizationPolicy no-refunds input.yaml:19"));
        assertThat(answer("authorization", get("catalog-v1", "payments", "/payments/1", Map.of()))
                        .notes())
                .anySatisfy(
                        note -> assertThat(note).contains("no rule allows it").contains("[none]"));
    }

    @Test
    void thePolicyThatLetsARequestInIsNamed() throws IOException {
        var allowed = answer("authorization", get("storefront", "payments", "/accounts/7/payments", Map.of()));

        assertThat(allowed.notes()).isEmpty();
        assertThat(allowed.policies())
                .anySatisfy(policy -> assertThat(policy.effect())
                        .isEqualTo("allows this at payments-0.default by ns[default]-policy[payments]-rule[0]"));
    }

    @Test
    void tlsThatBeginsHereSaysWhomItBelievesAndWhatItShows() throws IOException {
        var tax = answer("destinationrule-credentials", get("storefront", "tax.example.com:8080", "/", Map.of()));
        assertThat(tax.tls()).isEqualTo("tls");
        assertThat(tax.notes())
                .containsExactly("TLS begins here, with a server asked for as the request's host (SNI); its certificate"
                        + " must be of an authority in kubernetes://tax-cacert from input.yaml:21 of Secret default/tax,"
                        + " for the request's host");
        var payments = answer("destinationrule-credentials", get("payments", "tax.example.com:8080", "/", Map.of()));
        assertThat(payments.tls()).isEqualTo("plaintext");
        assertThat(payments.notes()).isEmpty();
    }
}
