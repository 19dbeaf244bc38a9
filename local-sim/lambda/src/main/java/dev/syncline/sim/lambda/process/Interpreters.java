// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import dev.syncline.sim.lambda.Suitability;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds interpreters where developers have them: the setting, the active virtual environment, the
 * search path, version managers. A candidate is run once to print its version; the result is kept
 * for as long as the file does not change. Nothing is installed. Thread-safe.
 */
public final class Interpreters {
  private static final int MAX_PRINTED = 8 * 1024;
  private static final Pattern VERSION = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\S{1,20}");

  /**
   * An interpreter for a runtime.
   *
   * @param exact whether it has the runtime's version
   */
  public record Choice(String runtime, Interpreter interpreter, boolean exact) {}

  private record Probed(FileTime modified, Optional<Interpreter> result) {}

  private final InterpreterSettings settings;
  private final Map<String, String> host;
  private final Path home;
  private final Map<Path, Probed> probed = new ConcurrentHashMap<>();

  /**
   * A finder.
   *
   * @param host the variables of this process, for {@code PATH} and {@code VIRTUAL_ENV}
   * @param home the user's home directory
   */
  public Interpreters(InterpreterSettings settings, Map<String, String> host, Path home) {
    this.settings = settings;
    this.host = Map.copyOf(host);
    this.home = home;
  }

  /** A finder for this process. */
  public static Interpreters ofThisProcess(InterpreterSettings settings) {
    return new Interpreters(settings, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** What the user has set. */
  public InterpreterSettings settings() {
    return settings;
  }

  /**
   * The interpreter for a runtime of {@code language}: one of the same version, or another one
   * unless versions must be exact.
   *
   * @throws CannotStartException when no interpreter is found; the message names what to do and
   *     where it was looked for
   */
  public Choice find(Language language, String runtime) throws CannotStartException {
    String version = language.version(runtime);
    Path set = settings.programs().get(runtime);
    if (set != null) {
      Interpreter given = probe(language, set).orElse(null);
      if (given == null) {
        throw new CannotStartException(
            "--runtime " + runtime + "=" + set + " is not an interpreter of " + language.name);
      }
      return new Choice(runtime, given, language.same(given, version));
    }
    var candidates = new LinkedHashSet<Path>(language.environments(host));
    language.commands(version).forEach(command -> candidates.addAll(onPath(command)));
    language.managed(home, version).forEach(place -> candidates.addAll(in(place)));
    List<Path> any = onPath(language.anyCommand());
    candidates.addAll(any);
    Interpreter other = null;
    for (Path candidate : candidates) {
      Interpreter found = probe(language, candidate).orElse(null);
      if (found == null) {
        continue;
      }
      if (language.same(found, version)) {
        return new Choice(runtime, found, true);
      }
      if (other == null && language.usable(found)) {
        other = found;
      }
    }
    if (other == null && !settings.exact()) {
      other = newest(language);
    }
    if (other == null || settings.exact()) {
      throw new CannotStartException(missing(language, runtime, version, other));
    }
    return new Choice(runtime, other, false);
  }

  /** How well functions of a runtime run here; refused only when versions must be exact. */
  public Suitability suitability(Language language, String runtime) {
    try {
      Choice choice = find(language, runtime);
      return choice.exact()
          ? Suitability.GOOD
          : new Suitability(
              List.of(
                  "It asks for "
                      + runtime
                      + " and runs on "
                      + choice.interpreter().program()
                      + ", version "
                      + choice.interpreter().version()
                      + "."),
              null);
    } catch (CannotStartException none) {
      String text = String.valueOf(none.getMessage());
      return settings.exact()
          ? new Suitability(List.of(), text)
          : new Suitability(List.of("It cannot run here: " + text + "."), null);
    }
  }

  /** Every interpreter of a language that is found, each once. */
  public List<Interpreter> all(Language language) {
    var candidates = new LinkedHashSet<Path>(language.environments(host));
    candidates.addAll(onPath(language.anyCommand()));
    candidates.addAll(allManaged(language));
    var found = new LinkedHashMap<Path, Interpreter>();
    for (Path candidate : candidates) {
      probe(language, candidate).ifPresent(one -> found.putIfAbsent(real(candidate), one));
    }
    return List.copyOf(found.values());
  }

  private static Path real(Path program) {
    try {
      return program.toRealPath();
    } catch (IOException gone) {
      return program;
    }
  }

  /** The newest usable version that a version manager has. */
  private @Nullable Interpreter newest(Language language) {
    return allManaged(language).stream()
        .map(path -> probe(language, path).orElse(null))
        .filter(found -> found != null && language.usable(found))
        .max(Comparator.comparingInt(Interpreter::major).thenComparingInt(Interpreter::minor))
        .orElse(null);
  }

  private List<Path> allManaged(Language language) {
    var all = new ArrayList<Path>();
    List<String> versions =
        language == Language.PYTHON
            ? Stream.of(14, 13, 12, 11, 10, 9).map(minor -> "3." + minor).toList()
            : List.of("24", "22", "20", "18");
    for (String version : versions) {
      language.managed(home, version).forEach(place -> all.addAll(in(place)));
    }
    return all;
  }

  private String missing(
      Language language, String runtime, String version, @Nullable Interpreter other) {
    var looked = new ArrayList<String>();
    language.environments(host).forEach(path -> looked.add(path.toString()));
    language.commands(version).forEach(command -> looked.add(command + " on PATH"));
    for (Language.Managed place : language.managed(home, version)) {
      looked.add(place.parent().resolve(place.prefix() + "*").resolve(place.program()).toString());
    }
    looked.add(language.anyCommand() + " on PATH");
    return "no interpreter for "
        + runtime
        + " was found: install one, or give --runtime "
        + runtime
        + "=PATH"
        + (other == null
            ? ""
            : " (--runtime-versions exact refuses "
                + other.program()
                + ", "
                + other.version()
                + ")")
        + "; looked at "
        + String.join(", ", looked);
  }

  private List<Path> onPath(String command) {
    var found = new ArrayList<Path>();
    for (String directory : host.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      try {
        Path program = Path.of(directory).resolve(command);
        if (!directory.isEmpty() && Files.isExecutable(program)) {
          found.add(program.toAbsolutePath());
        }
      } catch (InvalidPathException notADirectory) {
        // A search path may have entries that are not paths; shells skip them too.
      }
    }
    return found;
  }

  /** The installed versions in a place, the newest first. */
  private static List<Path> in(Language.Managed place) {
    try (Stream<Path> children = Files.list(place.parent())) {
      return children
          .filter(child -> named(child).startsWith(place.prefix()))
          .sorted(Comparator.comparingInt(Interpreters::number).reversed())
          .map(child -> child.resolve(place.program()))
          .filter(Files::isExecutable)
          .toList();
    } catch (IOException notThere) {
      return List.of();
    }
  }

  private static String named(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** The last number of a name such as {@code 3.12.10}, so that 10 is newer than 9. */
  private static int number(Path path) {
    String digits = named(path).replaceAll("^.*\\.(\\d{1,6})\\D*.*$", "$1");
    return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
  }

  /** The interpreter behind a file, empty when it does not run or prints no version. */
  private Optional<Interpreter> probe(Language language, Path program) {
    FileTime modified;
    try {
      modified = Files.getLastModifiedTime(program);
    } catch (IOException notThere) {
      return Optional.empty();
    }
    Probed known = probed.get(program);
    if (known == null || !known.modified().equals(modified)) {
      known = new Probed(modified, run(language, program));
      probed.put(program, known);
    }
    return known.result();
  }

  private static Optional<Interpreter> run(Language language, Path program) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(language.probe());
    List<String> printed = Programs.lines(command, MAX_PRINTED);
    // The file that it names itself: a version manager's shim would start a shell each time.
    return printed.size() != 2 || !VERSION.matcher(printed.getFirst()).matches()
        ? Optional.empty()
        : Optional.of(new Interpreter(Path.of(printed.getLast()), printed.getFirst()));
  }
}
