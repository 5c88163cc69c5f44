package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules of a VirtualService do with a request. */
@ExtendWith(ExecutedMesh.class)
class ActionsIT {
    private static final String TO_V1 = "route: [{destination: {host: echo, subset: v1}}]";

    @Test
    @Executes({
        "VirtualService spec.http[].route[].destination.{host,subset,port.number}",
        "VirtualService spec.http[].route[].weight"
    })
    void weightsDecideAndNothingGoesWhereTheWeightIsZero(Case mesh) {
        mesh.rules("""
                - route:
                  - {destination: {host: echo, subset: v1, port: {number: 8080}}, weight: 30}
                  - {destination: {host: echo, subset: v2, port: {number: 8081}}, weight: 10}
                  - {destination: {host: echo, port: {number: 8081}}, weight: 0}
                """);

        int toV2 = (int) IntStream.range(0, 120)
                .mapToObj(i -> mesh.send("GET /"))
                .filter(reply -> reply.answeredBy().equals("echo-v2")
                        && reply.has("at-port", "8081").status() == 200)
                .count();

        // Four standard deviations around a quarter.
        assertThat(toV2).isBetween(11, 49);
        mesh.counted((120 - toV2) + "x caller > echo v1 200 -", toV2 + "x caller > echo v2 200 -");
    }

    @Test
    @Executes({
        "VirtualService spec.http[].headers.{request,response}.{set,add,remove}",
        "VirtualService spec.http[].route[].headers.{request,response}.{set,add,remove}"
    })
    void headersAreChangedOnBothWaysByTheRuleAndByItsDestination(Case mesh) {
        mesh.rules("""
                - headers:
                    request: {set: {x-set: rule}, add: {x-more: rule}, remove: [x-secret]}
                    response: {set: {from-echo: rule}, add: {answered-by: rule}, remove: [at-port]}
                  route:
                  - destination: {host: echo, subset: v1}
                    headers:
                      request: {set: {x-to: v1}, add: {x-more: v1}, remove: [x-other]}
                      response: {set: {x-was: v1}, add: {x-was: again}, remove: [extra]}
                """);

        mesh.send("GET / x-set: caller; x-more: caller; x-secret: 1; x-other: 2; x-to: caller")
                .is(200)
                .saw("x-set", "rule")
                .saw("x-more", "caller,rule,v1")
                .saw("x-secret", null)
                .saw("x-other", null)
                .saw("x-to", "v1")
                .has("from-echo", "rule")
                .has("answered-by", "echo-v1,rule")
                .has("at-port", null)
                .has("x-was", "v1,again")
                .has("extra", null);
        mesh.counted("1x caller > echo v1 200 -");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # redirect                                                | status | location
            uri: /there                                               | 301 | http://echo.default:8080/there?page=2
            'prefixRewrite: /new'                                     | 301 | http://echo.default:8080/new/1?page=2
            'authority: new.example.org'                              | 301 | http://new.example.org/old/1?page=2
            'authority: new.example.org, port: 9999'                  | 301 | http://new.example.org:9999/old/1?page=2
            'authority: new.example.org, derivePort: FROM_REQUEST_PORT' | 301 | http://new.example.org:8080/old/1?page=2
            'authority: new.example.org, scheme: https, redirectCode: 308' | 308 | https://new.example.org/old/1?page=2
            """)
    @Executes("VirtualService spec.http[].redirect.{uri,prefixRewrite,authority,port,derivePort,scheme,redirectCode}")
    void clientsAreSentElsewhere(String redirect, int status, String location, Case mesh) {
        mesh.rules("- {match: [{uri: {prefix: /old}}], redirect: {%s}}".formatted(redirect));

        mesh.send("GET /old/1?page=2").is(status).has("location", location);
        mesh.counted("1x caller > unknown unknown %d -".formatted(status));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'status: 418'                                | 418 |
            'status: 503, body: {string: out to lunch}'  | 503 | out to lunch
            'status: 200, body: {bytes: aGVsbG8=}'       | 200 | hello
            """)
    @Executes("VirtualService spec.http[].directResponse.{status,body.string,body.bytes}")
    void theSidecarAnswersItself(String answer, int status, @Nullable String body, Case mesh) {
        mesh.rules("- directResponse: {%s}".formatted(answer));

        mesh.send("GET /").is(status).says(body == null ? "" : body);
        mesh.counted("1x caller > unknown unknown %d -".formatted(status));
        mesh.received();
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # rewrite                                                                | path     | application sees | and host
            'uri: /new'                                                              | /old/1?a | /new/1?a         | echo.default:8080
            'authority: new.example.org'                                             | /old/1   | /old/1           | new.example.org
            'uri: /a/b, authority: new.example.org'                                  | /old/1   | /a/b/1           | new.example.org
            'uriRegexRewrite: {match: "^/(\\w+)/(\\d+)", rewrite: "/\\2/\\1"}'       | /old/12  | /12/old          | echo.default:8080
            """)
    @Executes("VirtualService spec.http[].rewrite.{uri,authority,uriRegexRewrite.match,uriRegexRewrite.rewrite}")
    void theApplicationSeesAnotherPathOrHost(String rewrite, String path, String seen, String host, Case mesh) {
        mesh.rules("""
                - match: [{uri: {prefix: /old}}]
                  rewrite: {%s}
                  %s
                """.formatted(rewrite.replace("\"", "'"), TO_V1));

        mesh.send("GET " + path).by("echo-v1").sawPath(seen).saw("host", host);
        mesh.counted("1x caller > echo v1 200 -");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            percentage: {value: 100}
            percent: 100
            """)
    @Executes("VirtualService spec.http[].fault.delay.{fixedDelay,percentage.value,percent}")
    void requestsAreDelayed(String share, Case mesh) {
        mesh.rules("""
                - fault: {delay: {fixedDelay: 300ms, %s}}
                  %s
                """.formatted(share, TO_V1));

        mesh.send("GET /").by("echo-v1").tookAbout(Duration.ofMillis(300));
        mesh.counted("1x caller > echo v1 200 DI");
        mesh.spent(Duration.ofMillis(300));
    }

    @Test
    @Executes("VirtualService spec.http[].fault.abort.{httpStatus,percentage.value}")
    void someRequestsAreAborted(Case mesh) {
        mesh.rules("""
                - fault: {abort: {httpStatus: 418, percentage: {value: 50}}}
                  %s
                """.formatted(TO_V1));

        int aborted = (int) IntStream.range(0, 60)
                .map(i -> mesh.send("GET /").status())
                .filter(status -> status == 418)
                .count();

        assertThat(aborted).isBetween(14, 46);
        mesh.counted(aborted + "x caller > echo unknown 418 FI", (60 - aborted) + "x caller > echo v1 200 -");
        mesh.received((60 - aborted) + "x caller > echo v1 200 -");
    }

    @Test
    @Executes("VirtualService spec.http[].fault.abort.{grpcStatus,percentage.value}")
    void callsOfGrpcAreAbortedWithAStatusOfTheirOwn(Case mesh) {
        mesh.rules("""
                - fault: {abort: {grpcStatus: NOT_FOUND, percentage: {value: 100}}}
                  %s
                """.formatted(TO_V1));

        mesh.send("POST /Service/Call content-type: application/grpc; content-length: 0")
                .is(200)
                .has("grpc-status", "5");
        mesh.counted("1x caller > echo unknown grpc=5 FI");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'mirror: {host: echo, subset: v2, port: {number: 8081}}, mirrorPercentage: {value: 100}'
            'mirror: {host: echo, subset: v2}, mirrorPercent: 100'
            'mirrors: [{destination: {host: echo, subset: v2, port: {number: 8081}}, percentage: {value: 100}}, {destination: {host: echo, subset: v2}, percentage: {value: 0}}]'
            """)
    @Executes({
        "VirtualService spec.http[].{mirror.host,mirror.subset,mirror.port.number,mirrorPercentage.value,mirrorPercent}",
        "VirtualService spec.http[].mirrors[].{destination.host,destination.subset,destination.port.number,percentage.value}"
    })
    void aCopyGoesElsewhereAndNobodyWaitsForIt(String mirror, Case mesh) {
        mesh.rules("- {route: [{destination: {host: echo, subset: v1}}], %s}".formatted(mirror));

        mesh.send("GET / delay: 1500; only: echo-v2").by("echo-v1").saw("host", "echo.default:8080");
        mesh.send("GET /").by("echo-v1");
        mesh.send("GET /").by("echo-v1");
        mesh.counted("3x caller > echo v1 200 -");
        mesh.received("3x caller > echo v1 200 -", "3x caller > echo v2 200 -");
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            'allowOrigins: [{exact: https://a.example}]'           | https://a.example    | yes
            'allowOrigins: [{exact: https://a.example}]'           | https://b.example    | no
            'allowOrigins: [{prefix: https://a.}]'                 | https://a.b.example  | yes
            'allowOrigins: [{regex: "https://[ab]\\.example"}]'    | https://b.example    | yes
            'allowOrigins: [{regex: "https://[ab]\\.example"}]'    | https://b.examples   | no
            'allowOrigin: [https://a.example]'                     | https://a.example    | yes
            """)
    @Executes({
        "VirtualService spec.http[].corsPolicy.{allowOrigins[].exact,allowOrigins[].prefix,allowOrigins[].regex,allowOrigin}",
        "VirtualService spec.http[].corsPolicy.{allowMethods,allowHeaders,exposeHeaders,maxAge,allowCredentials}"
    })
    void pagesOfSomeOriginsMayCall(String origins, String origin, String allowed, Case mesh) {
        mesh.rules("""
                - corsPolicy:
                    %s
                    allowMethods: [GET, DELETE]
                    allowHeaders: [x-user]
                    exposeHeaders: [x-total]
                    maxAge: 10m
                    allowCredentials: true
                  %s
                """.formatted(origins.replace("\"", "'"), TO_V1));
        var preflight = mesh.send("OPTIONS / origin: %s; access-control-request-method: GET".formatted(origin));
        var call = mesh.send("GET / origin: " + origin).by("echo-v1");

        if (allowed.equals("yes")) {
            preflight
                    .is(200)
                    .has("access-control-allow-origin", origin)
                    .has("access-control-allow-methods", "GET,DELETE")
                    .has("access-control-allow-headers", "x-user")
                    .has("access-control-max-age", "600")
                    .has("access-control-allow-credentials", "true");
            call.has("access-control-allow-origin", origin).has("access-control-expose-headers", "x-total");
        } else {
            preflight.has("access-control-allow-origin", null);
            call.has("access-control-allow-origin", null);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            FORWARD | echo-v1
            IGNORE  |
            """)
    @Executes("VirtualService spec.http[].corsPolicy.unmatchedPreflights")
    void preflightsOfOtherOriginsReachTheApplicationOrDoNot(String unmatched, @Nullable String by, Case mesh) {
        mesh.rules("""
                - corsPolicy: {allowOrigins: [{exact: https://a.example}], unmatchedPreflights: %s}
                  %s
                """.formatted(unmatched, TO_V1));

        mesh.send("OPTIONS / origin: https://b.example; access-control-request-method: GET")
                .is(200)
                .has("answered-by", by)
                .has("access-control-allow-origin", null);
    }
}
