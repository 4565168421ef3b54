package io.observability.starter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.observability.starter.logging.delivery.StandardOutput;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The walls of the house, each a test named after its rule.
 */
class ArchitectureTests {

    private static final String BASE = "io.observability.starter";

    /** What features may stand on. */
    private static final List<String> GROUND_FLOOR = List.of("context", "sampling", "settings", "report", "surface",
            "pipeline", "request", "call");

    private static final String[] GLUE = { "..autoconfigure..", "..endpoint..", "..servlet..", "..reactive.." };

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(BASE);

    @Test
    void coresDoNotKnowSpring() {
        ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackages(GLUE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .check(CLASSES);
    }

    @Test
    void onlyAutoConfigurationsImportAutoConfigurations() {
        ArchRuleDefinition.noClasses()
            .that()
            .resideOutsideOfPackage("..autoconfigure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BASE + "..autoconfigure..")
            .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void featuresDoNotStandOnEachOther() {
        ArchRuleDefinition.classes().should(new ArchCondition<JavaClass>("use their own feature and the ground floor") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String feature = feature(item);
                item.getDirectDependenciesFromSelf().forEach((dependency) -> {
                    String other = feature(dependency.getTargetClass());
                    if (!other.isEmpty() && !other.equals(feature) && !GROUND_FLOOR.contains(other)) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                });
            }
        }).check(CLASSES);
    }

    @Test
    void autoConfigurationsArePublicFinalAndListed() {
        List<String> listed = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
            .getCandidates()
            .stream()
            .filter((name) -> name.startsWith(BASE))
            .toList();
        ArchRuleDefinition.classes()
            .that()
            .areAnnotatedWith(AutoConfiguration.class)
            .should()
            .bePublic()
            .andShould()
            .haveModifier(JavaModifier.FINAL)
            .andShould()
            .haveSimpleNameEndingWith("AutoConfiguration")
            .andShould(new ArchCondition<>("be listed, and be made by Spring alone") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    if (!listed.contains(item.getName())) {
                        events.add(SimpleConditionEvent.violated(item, item.getName() + " is not in the imports file"));
                    }
                    item.getConstructors().forEach((constructor) -> {
                        if (constructor.getModifiers().contains(JavaModifier.PUBLIC)) {
                            events
                                .add(SimpleConditionEvent.violated(item, item.getName() + " has a public constructor"));
                        }
                    });
                }
            })
            .check(CLASSES);
        assertThat(listed).isNotEmpty().isSorted();
    }

    @Test
    void beanMethodsArePackagePrivateAndBackOff() {
        ArchRuleDefinition.methods()
            .that()
            .areAnnotatedWith(Bean.class)
            .should()
            .bePackagePrivate()
            .andShould()
            .beAnnotatedWith(ConditionalOnMissingBean.class)
            .andShould()
            .notBeAnnotatedWith(ConditionalOnClass.class)
            .check(CLASSES);
    }

    @Test
    void whatIsNotPublicIsFinal() {
        ArchRuleDefinition.classes()
            .that()
            .areNotPublic()
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL)
            .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassDoes() {
        ArchRuleDefinition.noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Base|Common)")
            .check(CLASSES);
    }

    @Test
    void nothingIsScannedInjectedIntoFieldsOrPrinted() {
        ArchRuleDefinition.noClasses().should().beAnnotatedWith(Component.class).check(CLASSES);
        ArchRuleDefinition.noFields().should().beAnnotatedWith(Autowired.class).check(CLASSES);
        // The one destination that may find standard output replaced.
        ArchRuleDefinition.noClasses()
            .that()
            .doNotBelongToAnyOf(StandardOutput.class)
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .check(CLASSES);
    }

    @Test
    void optionalsAreNoParameters() {
        ArchRuleDefinition.noMethods()
            .that(new DescribedPredicate<JavaMethod>("take an Optional and are ours to shape") {
                @Override
                public boolean test(JavaMethod method) {
                    return method.getRawParameterTypes()
                        .stream()
                        .anyMatch((type) -> type.isEquivalentTo(Optional.class))
                            && !method.isAnnotatedWith(Override.class);
                }
            })
            .should()
            .bePublic()
            .allowEmptyShould(true)
            .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatItIsAndIsNullMarked() throws IOException {
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> folders = files.filter((file) -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .toList();
            assertThat(folders).isNotEmpty().allSatisfy((folder) -> {
                Path info = folder.resolve("package-info.java");
                assertThat(info).exists();
                assertThat(Files.readString(info, StandardCharsets.UTF_8)).contains("@NullMarked").startsWith("/**");
            });
        }
    }

    private static String feature(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(BASE + ".")) {
            return "";
        }
        String rest = name.substring(BASE.length() + 1);
        int dot = rest.indexOf('.');
        return (dot < 0) ? rest : rest.substring(0, dot);
    }

}
