package dev.binnacle.local.pod;

import dev.binnacle.local.ca.CertificateRotation;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.process.ProcessListener;
import dev.binnacle.local.process.RestartPolicy;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What all pods of an instance share.
 *
 * @param envoy Envoy's program
 * @param environment what every process gets
 * @param certificates hands out the sidecars' certificates
 * @param xdsAddress where the sidecars find their control plane
 * @param xdsPort its port
 * @param client for probes and scrapes; follows no redirects
 * @param executor runs the agents' answers
 * @param processes hears of every process
 */
public record PodContext(
        Layout layout,
        Path envoy,
        JavaCommand java,
        Map<String, String> environment,
        CertificateRotation certificates,
        String trustDomain,
        String xdsAddress,
        int xdsPort,
        HttpClient client,
        Executor executor,
        RestartPolicy restarts,
        ProcessListener processes) {}
