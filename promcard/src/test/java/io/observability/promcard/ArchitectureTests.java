package io.observability.promcard;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.observability.promcard");

    @Test
    void standsOnTheJdkAndPicocliAlone() {
        ArchRuleDefinition.classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.observability.promcard", "java..", "javax.net.ssl", "picocli", "org.jspecify..")
            .check(CLASSES);
    }

    @Test
    void nothingButTheCommandLineIsPublic() {
        ArchRuleDefinition.classes().that().doNotHaveSimpleName("Promcard").should().notBePublic().check(CLASSES);
    }

    @Test
    void classesAreFinal() {
        ArchRuleDefinition.classes().that().areNotInterfaces().should().haveModifier(JavaModifier.FINAL).check(CLASSES);
    }

    @Test
    void writesWhereTheCommandLineSays() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

}
