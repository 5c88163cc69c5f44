package dev.binnacle.app.insight;

import dev.binnacle.app.insight.PrometheusPassThrough.Passed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Prometheus' own API, as far as it only answers questions. */
@Path("/api/v1/prometheus/api/v1")
@Tag(name = "insight")
@Produces(MediaType.APPLICATION_JSON)
public class PrometheusResource {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED;
    private static final String ASKED = "{what: query|query_range|labels|series}";

    private final PrometheusPassThrough prometheus;

    PrometheusResource(PrometheusPassThrough prometheus) {
        this.prometheus = prometheus;
    }

    @GET
    @Path(ASKED)
    @Operation(
            summary = "A question to Prometheus, and its answer as it is, errors and warnings included",
            description =
                    "`query`, `query_range`, `labels` and `series`, with the parameters that Prometheus documents; no "
                            + "other path passes. At most 16,384 characters, 8 questions at once, and as long and as large as "
                            + "`binnacle.insight.timeout` and `binnacle.insight.largest-answer` say. 502 when what answers is no "
                            + "Prometheus, or nobody does.")
    public Response asked(@PathParam("what") String what, @Context UriInfo uri) {
        return response(prometheus.post(what, uri.getQueryParameters()));
    }

    @POST
    @Path(ASKED)
    @Consumes(FORM)
    @Operation(summary = "The same with a form, for long questions; it changes nothing either")
    public Response posted(@PathParam("what") String what, MultivaluedMap<String, String> form) {
        return response(prometheus.post(what, form));
    }

    @GET
    @Path("/label/{name: [a-zA-Z_][a-zA-Z0-9_]*}/values")
    @Operation(summary = "The values of a label")
    public Response values(@PathParam("name") String name, @Context UriInfo uri) {
        return response(prometheus.get("label/" + name + "/values", uri.getQueryParameters()));
    }

    @GET
    @Path("/metadata")
    @Operation(summary = "Types and descriptions of metrics")
    public Response metadata(@Context UriInfo uri) {
        return response(prometheus.get("metadata", uri.getQueryParameters()));
    }

    private static Response response(Passed passed) {
        return Response.status(passed.status()).entity(passed.body()).build();
    }
}
