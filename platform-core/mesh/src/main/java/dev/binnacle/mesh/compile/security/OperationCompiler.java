package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.ir.access.Operation;
import dev.binnacle.mesh.ir.access.Requirement;
import dev.binnacle.mesh.istio.security.Attribute;
import dev.binnacle.mesh.istio.security.AttributeKey;
import java.util.stream.Stream;

/**
 * What attributes ask of what is asked for.
 *
 * @param ports where the ports of the pod are open
 */
record OperationCompiler(OpenPorts ports) {
    Stream<Requirement<Operation>> compile(Attribute attribute) {
        return RuleCompiler.requirements(
                attribute,
                values -> values.stream()
                        .flatMap(value -> operations(attribute.key(), value))
                        .toList());
    }

    private Stream<Operation> operations(AttributeKey key, String value) {
        return key.kind() == AttributeKey.Kind.DESTINATION_PORT
                ? ports.of(Integer.parseInt(value)).map(Operation.Port::new)
                : Stream.of(operation(key, value));
    }

    private static Operation operation(AttributeKey key, String value) {
        return switch (key.kind()) {
            case DESTINATION_IP -> new Operation.Address(Blocks.of(value));
            case SERVER_NAME -> new Operation.ServerName(Texts.of(value));
            case HOST -> new Operation.Header(":authority", Texts.ofHeader(value, true));
            case METHOD -> new Operation.Header(":method", Texts.ofHeader(value, false));
            case PATH ->
                value.contains("{*}") || value.contains("{**}")
                        ? new Operation.PathTemplate(value.replace("{*}", "*").replace("{**}", "**"))
                        : new Operation.Path(Texts.of(value));
            default -> throw new IllegalArgumentException(key + " is not about what is asked for");
        };
    }
}
