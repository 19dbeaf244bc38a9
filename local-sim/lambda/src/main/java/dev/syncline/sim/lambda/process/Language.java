// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A language whose interpreter is looked for on this machine. */
public enum Language {
  /** CPython; a version is {@code 3.12}. */
  PYTHON("python") {
    @Override
    List<String> probe() {
      return List.of(
          "-c", "import sys;print('%d.%d.%d' % sys.version_info[:3]);print(sys.executable)");
    }

    @Override
    String version(String runtime) {
      return runtime.substring(name.length());
    }

    @Override
    boolean same(Interpreter found, String version) {
      return (found.major() + "." + found.minor()).equals(version);
    }

    @Override
    boolean usable(Interpreter found) {
      return found.major() == 3 && found.minor() >= 9;
    }

    @Override
    List<String> commands(String version) {
      return List.of("python" + version);
    }

    @Override
    List<Path> environments(Map<String, String> host) {
      String active = host.get("VIRTUAL_ENV");
      return active == null || active.isEmpty()
          ? List.of()
          : List.of(Path.of(active).resolve("bin/python"));
    }

    @Override
    String anyCommand() {
      return "python3";
    }

    @Override
    List<Managed> managed(Path home, String version) {
      String program = "bin/python" + version;
      var all = new ArrayList<Managed>();
      all.add(new Managed(home.resolve(".pyenv/versions"), version + ".", program));
      all.add(
          new Managed(home.resolve(".local/share/uv/python"), "cpython-" + version + ".", program));
      all.add(new Managed(home.resolve(".asdf/installs/python"), version + ".", program));
      all.add(new Managed(home.resolve(".local/share/mise/installs/python"), version, program));
      all.add(new Managed(Path.of("/opt/homebrew"), "bin", "python" + version));
      all.add(new Managed(Path.of("/usr/local"), "bin", "python" + version));
      return all;
    }
  },
  /** Node.js; a version is {@code 20}. */
  NODE("nodejs") {
    @Override
    List<String> probe() {
      return List.of("-p", "process.version.slice(1) + '\\n' + process.execPath");
    }

    @Override
    String version(String runtime) {
      return runtime.substring(name.length()).replace(".x", "");
    }

    @Override
    boolean same(Interpreter found, String version) {
      return Integer.toString(found.major()).equals(version);
    }

    @Override
    boolean usable(Interpreter found) {
      return found.major() >= 16;
    }

    @Override
    List<String> commands(String version) {
      return List.of("node" + version);
    }

    @Override
    List<Path> environments(Map<String, String> host) {
      return List.of();
    }

    @Override
    String anyCommand() {
      return "node";
    }

    @Override
    List<Managed> managed(Path home, String version) {
      String program = "bin/node";
      return List.of(
          new Managed(home.resolve(".nvm/versions/node"), "v" + version + ".", program),
          new Managed(
              home.resolve(".local/share/fnm/node-versions"),
              "v" + version + ".",
              "installation/" + program),
          new Managed(home.resolve(".volta/tools/image/node"), version + ".", program),
          new Managed(home.resolve(".asdf/installs/nodejs"), version + ".", program),
          new Managed(home.resolve(".local/share/mise/installs/node"), version, program),
          new Managed(Path.of("/opt/homebrew/opt"), "node@" + version, program));
    }
  };

  /**
   * Directories of a version manager.
   *
   * @param parent the directory with a directory for each version
   * @param prefix how the names of the wanted versions begin
   * @param program the interpreter within one
   */
  record Managed(Path parent, String prefix, String program) {}

  private static final Pattern PYTHON_RUNTIME = Pattern.compile("python3\\.\\d{1,2}");
  private static final Pattern NODE_RUNTIME = Pattern.compile("nodejs\\d{1,2}\\.x");

  /** How the runtimes' names begin. */
  final String name;

  Language(String name) {
    this.name = name;
  }

  /** The arguments that make the interpreter print its version and its own file. */
  abstract List<String> probe();

  /** Whether {@code runtime} is a runtime of this language, such as {@code nodejs20.x}. */
  public boolean runs(String runtime) {
    return (this == PYTHON ? PYTHON_RUNTIME : NODE_RUNTIME).matcher(runtime).matches();
  }

  /** The version that a runtime names. */
  abstract String version(String runtime);

  /** Whether an interpreter has the version of a runtime. */
  abstract boolean same(Interpreter found, String version);

  /** Whether our client runs on it. */
  abstract boolean usable(Interpreter found);

  /** The commands on the search path that name the version. */
  abstract List<String> commands(String version);

  /** Interpreters that the host's variables name. */
  abstract List<Path> environments(Map<String, String> host);

  /** The command that has any version. */
  abstract String anyCommand();

  /** Where version managers keep a version. */
  abstract List<Managed> managed(Path home, String version);
}
