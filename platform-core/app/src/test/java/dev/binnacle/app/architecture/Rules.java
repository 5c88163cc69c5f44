package dev.binnacle.app.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;

/** The directions between modules, and what holds in all of them. */
final class Rules {
    private static final String[] FRAMEWORKS = {"io.quarkus..", "jakarta..", "org.eclipse.microprofile..", "io.vertx.."
    };

    /** Packages of protobuf files, named with their version as protobuf wants it. */
    private static final String[] GENERATED = {"dev.binnacle.(*).v1.."};

    /** All rules. */
    static final List<ArchRule> ALL = List.of(
            meshIsPure(),
            irKnowsOnlyTheJdk(),
            spiKnowsOnlyTheJdk(),
            onlyPluginRuntimeKnowsPf4j(),
            onlyXdsServerSpeaksGrpc(),
            pipelineKnowsOnlyTheSpi(),
            prometheusKnowsOnlyTheSpi(),
            insightIsPure(),
            kubernetesKnowsOnlyTheSpi(),
            frameworksStopAtTheApp(),
            nothingKnowsTheApp(),
            theAppDoesNotKnowTheLauncher(),
            everyPackageIsNullMarked());

    private Rules() {}

    static ArchRule meshIsPure() {
        return noClasses()
                .that()
                .resideInAPackage("dev.binnacle.mesh..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.quarkus..", "jakarta..", "java.nio.file..", "java.net.http..")
                                .or(JavaClass.Predicates.assignableTo(Thread.class))
                                .or(JavaClass.Predicates.assignableTo(Executor.class))
                                .or(JavaClass.Predicates.assignableTo(Future.class))
                                .or(JavaClass.Predicates.type(java.io.File.class))
                                .or(JavaClass.Predicates.assignableTo(java.net.Socket.class)))
                .as("mesh reads no files, starts no threads and knows no framework");
    }

    static ArchRule irKnowsOnlyTheJdk() {
        return onlyDependsOn("dev.binnacle.mesh.ir..", "java..", "org.jspecify..", "dev.binnacle.mesh.ir..");
    }

    static ArchRule spiKnowsOnlyTheJdk() {
        return classes()
                .that(resideInAnyPackage("dev.binnacle.spi..")
                        .and(resideOutsideOfPackages("dev.binnacle.spi.testkit..")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.binnacle.spi.."))
                .allowEmptyShould(true);
    }

    static ArchRule onlyPluginRuntimeKnowsPf4j() {
        return only("dev.binnacle.plugins..", "org.pf4j..");
    }

    static ArchRule onlyXdsServerSpeaksGrpc() {
        return noClasses()
                .that(resideInAnyPackage("dev.binnacle..")
                        // Plugins bring their own libraries, in class loaders of their own.
                        .and(resideOutsideOfPackages(
                                "dev.binnacle.xds..",
                                "dev.binnacle.plugin..",
                                "dev.binnacle.samples..",
                                "dev.binnacle.sample..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.envoyproxy.controlplane..", "io.grpc.netty.."))
                .allowEmptyShould(true);
    }

    static ArchRule pipelineKnowsOnlyTheSpi() {
        return noClasses()
                .that()
                .resideInAPackage("dev.binnacle.pipeline..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.binnacle..")
                        .and(resideOutsideOfPackages("dev.binnacle.spi..", "dev.binnacle.pipeline..")))
                .allowEmptyShould(true);
    }

    static ArchRule prometheusKnowsOnlyTheSpi() {
        return onlyDependsOn(
                "dev.binnacle.prometheus..",
                "java..",
                "javax.net..",
                "javax.security..",
                "org.jspecify..",
                "org.yaml.snakeyaml..",
                "com.google.re2j..",
                "dev.binnacle.spi..",
                "dev.binnacle.prometheus..");
    }

    static ArchRule insightIsPure() {
        return noClasses()
                .that()
                .resideInAPackage("dev.binnacle.insight..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net.http..", "dev.binnacle.mesh..")
                        .or(JavaClass.Predicates.assignableTo(Thread.class))
                        .or(JavaClass.Predicates.assignableTo(Executor.class))
                        .or(JavaClass.Predicates.assignableTo(Future.class)))
                .as("insight asks nobody, starts no threads and knows nothing of manifests");
    }

    static ArchRule kubernetesKnowsOnlyTheSpi() {
        return noClasses()
                .that()
                .resideInAPackage("dev.binnacle.kubernetes..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.binnacle..")
                        .and(resideOutsideOfPackages("dev.binnacle.spi..", "dev.binnacle.kubernetes..")))
                .allowEmptyShould(true);
    }

    static ArchRule frameworksStopAtTheApp() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.binnacle.mesh..",
                        "dev.binnacle.xds..",
                        "dev.binnacle.spi..",
                        "dev.binnacle.pipeline..",
                        "dev.binnacle.insight..",
                        "dev.binnacle.prometheus..",
                        "dev.binnacle.kubernetes..",
                        "dev.binnacle.plugins..",
                        "dev.binnacle.testkit..",
                        "dev.binnacle.agent..",
                        "dev.binnacle.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .allowEmptyShould(true);
    }

    static ArchRule nothingKnowsTheApp() {
        return only("dev.binnacle.app..", "dev.binnacle.app..");
    }

    static ArchRule theAppDoesNotKnowTheLauncher() {
        return only("dev.binnacle.local..", "dev.binnacle.local..");
    }

    static ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(resideInAnyPackage("dev.binnacle..").and(resideOutsideOfPackages(GENERATED)))
                .should(new ArchCondition<>("be in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type, marked, type.getName() + " is in a package without @NullMarked"));
                    }
                })
                .allowEmptyShould(true);
    }

    private static ArchRule only(String who, String what) {
        return noClasses()
                .that(resideInAnyPackage("dev.binnacle..").and(resideOutsideOfPackages(who)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(what))
                .allowEmptyShould(true);
    }

    private static ArchRule onlyDependsOn(String who, String... what) {
        return classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(what))
                .allowEmptyShould(true);
    }
}
