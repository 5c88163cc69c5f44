package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.ir.access.Operation;
import dev.binnacle.mesh.ir.access.Requirement;
import dev.binnacle.mesh.istio.security.Attribute;
import dev.binnacle.mesh.istio.security.AttributeKey;
import java.util.stream.Stream;

/** What attributes ask of what is asked for. */
final class OperationCompiler {
    private OperationCompiler() {}

    static Stream<Requirement<Operation>> compile(Attribute attribute) {
        return RuleCompiler.requirements(
                attribute,
                values -> values.stream()
                        .map(value -> operation(attribute.key(), value))
                        .toList());
    }

    private static Operation operation(AttributeKey key, String value) {
        return switch (key.kind()) {
            case DESTINATION_IP -> new Operation.Address(Blocks.of(value));
            case DESTINATION_PORT -> new Operation.Port(Integer.parseInt(value));
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
