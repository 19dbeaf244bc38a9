// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one service's templates have and another's have not. */
class TemplateDialectTest {
  private static final String LOOP = "#set($n = 0)#foreach($i in [1..1500])#set($n = $n + 1)#end$n";

  private final TemplateEngine plain = new TemplateEngine(TemplateLimits.DEFAULT, regex -> {});
  private final TemplateEngine appsync =
      new TemplateEngine(TemplateLimits.DEFAULT, regex -> {}, TemplateDialect.APPSYNC);

  @Test
  void onlyAppSyncReturns() throws TemplateException {
    assertThat(plain.render("a#return b", Map.of())).isEqualTo("a#return b");
    assertThat(plain.render("a#return(1)", Map.of())).isEqualTo("a#return(1)");
    assertThat(appsync.evaluate("a#return b", Map.of()))
        .isEqualTo(new TemplateResult.Returned(null));
    assertThat(appsync.evaluate("a#return([1])", Map.of()))
        .isEqualTo(new TemplateResult.Returned(List.of(1)));
    assertThat(appsync.evaluate("a#returned", Map.of()))
        .isEqualTo(new TemplateResult.Rendered("a#returned"));
    assertThat(appsync.render("a#return b", Map.of())).isEmpty();
  }

  @Test
  void onlyAppSyncEndsLoops() throws TemplateException {
    assertThat(plain.render(LOOP, Map.of())).isEqualTo("1500");
    assertThat(appsync.render(LOOP, Map.of())).isEqualTo("1000");
  }

  private static final class Stopped extends TemplateAbort {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("stopped");
    }
  }

  /** Accepts texts only, and stops the rendering for one of them. */
  private static final class Typed implements TemplateObject {
    @Override
    public boolean answers(String method, int arguments) {
      return true;
    }

    @Override
    public boolean accepts(String method, List<@Nullable Object> arguments) {
      return arguments.stream().allMatch(String.class::isInstance);
    }

    @Override
    public @Nullable Object call(String method, List<@Nullable Object> arguments) {
      if (arguments.contains("stop")) {
        throw new Stopped();
      }
      return "called";
    }

    @Override
    public @Nullable Object property(String name) {
      return null;
    }
  }

  @Test
  void anObjectChoosesByTheTypesOfArguments() throws TemplateException {
    assertThat(plain.render("$o.f('x') $o.f(1)", Map.of("o", new Typed())))
        .isEqualTo("called $o.f(1)");
  }

  @Test
  void anAbortReachesTheCallerAsItIs() {
    assertThatThrownBy(() -> plain.render("#if(true)$o.f('stop')#end", Map.of("o", new Typed())))
        .isInstanceOf(Stopped.class);
  }

  @Test
  void aFailureTellsItsKind() {
    assertThatThrownBy(() -> plain.render("$l.get(7)", Map.of("l", List.of(1))))
        .isInstanceOfSatisfying(
            TemplateException.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(TemplateException.Kind.METHOD);
              assertThat(failed.reason()).startsWith("'get(java.lang.Integer)' in java.util.");
            });
    assertThatThrownBy(() -> plain.check("#if("))
        .isInstanceOfSatisfying(
            TemplateException.class,
            failed -> assertThat(failed.kind()).isEqualTo(TemplateException.Kind.MALFORMED));
  }
}
