package dev.binnacle.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a {@link Mesh} as parameter, read once from a team's manifests.
 *
 * <pre>{@code
 * @MeshTest("k8s")
 * class CatalogRoutingTest {
 *     @Test
 *     void betaUsersGetV2(Mesh mesh) {
 *         mesh.request("GET", "/x").to("catalog").header("user", "beta").from("storefront").goesTo("catalog", "v2");
 *     }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MeshExtension.class)
public @interface MeshTest {
    /** Returns files and folders of manifests, relative to where the tests run: with Maven, the module's folder. */
    String[] value();

    /** Returns callers whose Deployments are not among the manifests, {@code name} or {@code name.namespace}. */
    String[] callers() default {};

    /** Returns Services that are not among the manifests, {@code name:port} or {@code name.namespace:port}. */
    String[] services() default {};

    /** Tells whether manifests that have errors are tested all the same; what is wrong takes no effect then. */
    boolean allowErrors() default false;
}
