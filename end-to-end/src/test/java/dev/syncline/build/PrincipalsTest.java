// SPDX-License-Identifier: Apache-2.0
package dev.syncline.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every place that calls another room, or asks the decision point for a permission, is in the table
 * of {@code docs/iam-principals.md}, with the kinds of principals that it makes. The places and
 * kinds are found in the bytecode.
 */
class PrincipalsTest {
  private static final String PAGE = "docs/iam-principals.md";
  private static final String SERVICE = "dev.syncline.sim.service.";
  private static final String PRINCIPAL = SERVICE + "CallPrincipal";

  /** What makes a class a place: it calls, makes a context for a call, or asks for a permission. */
  private static final Set<String> CALLS =
      Set.of(
          SERVICE + "Dispatcher.call",
          SERVICE + "CallContext.<init>",
          SERVICE + "CallContext.as",
          SERVICE + "RoleSessions.assume",
          SERVICE + "ServiceContext.callAs",
          SERVICE + "ServiceContext.internalCall",
          SERVICE + "contract.InvokePermissions.mayInvoke",
          SERVICE + "Permissions.denial",
          SERVICE + "Permissions.trusts",
          SERVICE + "contract.SessionIssuer.issue",
          SERVICE + "resource.ServiceCalls.as",
          "dev.syncline.sim.simulator.Simulator.internalCall");

  /** A row of the table. */
  private record Row(String kinds, String principal, String source, String actions) {}

  @Test
  void everyCallBetweenRoomsHasItsPrincipalInTheTable() throws Exception {
    Map<String, Set<String>> found = places();
    Map<String, Row> rows = rows();
    assertThat(rows.keySet())
        .as("the classes in the table of %s, and the places in the code", PAGE)
        .containsExactlyInAnyOrderElementsOf(found.keySet());
    rows.forEach(
        (place, row) -> {
          assertThat(row.kinds())
              .as("the principals that %s makes", place)
              .isEqualTo(String.join(", ", found.get(place)));
          assertThat(List.of(row.principal(), row.actions()))
              .as("the row of %s", place)
              .noneMatch(String::isBlank);
          if (row.kinds().contains("Service")) {
            assertThat(row.source()).as("the SourceArn of %s", place).isNotBlank();
          }
        });
  }

  /** The places by the simple name of their class, each with the kinds of principals it makes. */
  private static Map<String, Set<String>> places() throws Exception {
    Set<String> main = mainClasses();
    var kinds = new TreeMap<String, Set<String>>();
    var places = new TreeSet<String>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(PrincipalsTest::first)
            .importPackages("dev.syncline.sim")) {
      String outer = one.getName().replaceFirst("\\$.*", "");
      boolean ofTests = outer.startsWith("dev.syncline.sim.servicetests.");
      if (!main.contains(outer) || outer.equals(PRINCIPAL) || ofTests) {
        continue;
      }
      String name = outer.substring(outer.lastIndexOf('.') + 1);
      for (JavaAccess<?> access : accesses(one)) {
        String owner = access.getTargetOwner().getName();
        String target = owner + "." + access.getTarget().getName();
        if (CALLS.contains(target)) {
          places.add(name);
        }
        boolean made =
            access.getTarget().getName().equals("<init>") && owner.startsWith(PRINCIPAL + "$");
        if (made) {
          kinds
              .computeIfAbsent(name, unused -> new TreeSet<>())
              .add(owner.substring(PRINCIPAL.length() + 1));
        } else if (target.equals(PRINCIPAL + ".INTERNAL")
            || target.equals(PRINCIPAL + ".ANONYMOUS")) {
          kinds
              .computeIfAbsent(name, unused -> new TreeSet<>())
              .add(target.endsWith("INTERNAL") ? "Internal" : "Anonymous");
        }
      }
    }
    places.addAll(kinds.keySet());
    return places.stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> kinds.getOrDefault(name, Set.of()),
                (one, other) -> one,
                TreeMap::new));
  }

  /** Whether it is the class that this process uses: a class path may have another build of it. */
  private static boolean first(Location location) {
    String place = location.asURI().toString();
    URL used =
        PrincipalsTest.class
            .getClassLoader()
            .getResource(place.substring(place.lastIndexOf("dev/syncline/")));
    return used != null && used.toString().equals(place);
  }

  private static List<JavaAccess<?>> accesses(JavaClass one) {
    return Stream.of(
            one.getCodeUnitCallsFromSelf(),
            one.getCodeUnitReferencesFromSelf(),
            one.getFieldAccessesFromSelf())
        .<JavaAccess<?>>flatMap(Set::stream)
        .toList();
  }

  private static Set<String> mainClasses() throws Exception {
    var main = new TreeSet<String>();
    for (Path source : Sources.java()) {
      String shown = Sources.shown(source).replace('\\', '/');
      int at = shown.indexOf("/src/main/java/");
      if (at >= 0) {
        main.add(
            shown
                .substring(at + "/src/main/java/".length(), shown.length() - ".java".length())
                .replace('/', '.'));
      }
    }
    return main;
  }

  private static Map<String, Row> rows() throws Exception {
    var rows = new TreeMap<String, Row>();
    for (String line : Files.readAllLines(Sources.root().resolve(PAGE))) {
      if (line.startsWith("| `")) {
        var cells = new ArrayList<String>();
        for (String cell : line.split("\\|", -1)) {
          cells.add(cell.strip());
        }
        assertThat(cells).as(line).hasSize(7);
        rows.put(
            cells.get(1).replace("`", ""),
            new Row(cells.get(2), cells.get(3), cells.get(4), cells.get(5)));
      }
    }
    return rows;
  }
}
