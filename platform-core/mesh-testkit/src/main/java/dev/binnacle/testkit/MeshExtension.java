package dev.binnacle.testkit;

import dev.binnacle.testkit.envoy.EnvoyBinary;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Gives a {@link MeshTest} its mesh, one for all tests of the class, and its Envoys where they are asked for. */
final class MeshExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(MeshExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Mesh.class);
    }

    @Override
    public Mesh resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var store = storeOfClass(context);
        var mesh = store.computeIfAbsent(Mesh.class, type -> read(context.getRequiredTestClass()), Mesh.class);
        return wantsEnvoy(context)
                ? mesh.sentBy(store.computeIfAbsent(EnvoyMesh.class, type -> envoys(), EnvoyMesh.class))
                : mesh;
    }

    /** Nested classes share the mesh of the outermost one. */
    private static Store storeOfClass(ExtensionContext context) {
        var outermost = context;
        while (outermost.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) {
            outermost = outermost.getParent().get();
        }
        return outermost.getStore(NAMESPACE);
    }

    private static Mesh read(Class<?> test) {
        var wish = annotation(test).orElseThrow(() -> new IllegalStateException(test + " has no @MeshTest"));
        var builder = Mesh.builder().files(wish.value()).callers(wish.callers()).services(wish.services());
        return wish.allowErrors() ? builder.allowErrors().build() : builder.build();
    }

    private static Optional<MeshTest> annotation(Class<?> test) {
        return AnnotationSupport.findAnnotation(test, MeshTest.class)
                .or(() -> Optional.ofNullable(test.getEnclosingClass()).flatMap(MeshExtension::annotation));
    }

    private static boolean wantsEnvoy(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getElement(), WithEnvoy.class)
                || context.getTestClass().filter(MeshExtension::isWithEnvoy).isPresent();
    }

    private static boolean isWithEnvoy(Class<?> test) {
        return AnnotationSupport.isAnnotated(test, WithEnvoy.class)
                || test.getEnclosingClass() != null && isWithEnvoy(test.getEnclosingClass());
    }

    private static EnvoyMesh envoys() {
        var binary = EnvoyBinary.find();
        if (binary.isPresent()) {
            return new EnvoyMesh(binary.get());
        }
        String message = "this test sends requests through Envoy, and none was found. " + EnvoyBinary.advice();
        if (Optional.ofNullable(System.getenv("CI"))
                .filter(value -> !value.isBlank())
                .isPresent()) {
            throw new IllegalStateException(message);
        }
        throw new TestAbortedException(message);
    }
}
