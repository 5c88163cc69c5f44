package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the API server at its first use and ends it after the last test. */
final class KubernetesExtension implements ExecutionCondition, ParameterResolver {
    private static final String PROPERTY = "binnacle.kubernetes";

    /** The server and its folder. */
    private record Instance(ApiServer server, Path folder) implements AutoCloseable {
        static Instance start() {
            try {
                Path folder = Files.createTempDirectory("binnacle-kubernetes");
                return new Instance(ApiServer.start(folder, Programs.ofUser()), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Boolean.getBoolean(PROPERTY)
                ? ConditionEvaluationResult.enabled("in the profile kubernetes")
                : ConditionEvaluationResult.disabled(
                        "needs a real Kubernetes API server: mvn verify -Pkubernetes (see CONTRIBUTING.md)");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(ApiServer.class);
    }

    @Override
    public ApiServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KubernetesExtension.class))
                .computeIfAbsent(Instance.class, type -> Instance.start(), Instance.class)
                .server();
    }
}
