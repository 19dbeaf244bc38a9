// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.vtl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates as AWS renders them, and templates that mean harm. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TemplateEngineTest {
  private final TemplateEngine engine = new TemplateEngine(TemplateLimits.DEFAULT, regex -> {});

  private String render(String template) throws TemplateException {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", 1);
    map.put("b-c", "x");
    map.put("s", "text");
    return engine.render(
        template,
        Map.of(
            "list",
            new ArrayList<>(List.of("p", "q", "r")),
            "map",
            map,
            "holes",
            Arrays.asList("p", null, "r"),
            "empty",
            "",
            "object",
            new Sample()));
  }

  /** A method and a property. */
  private static final class Sample implements TemplateObject {
    @Override
    public boolean answers(String method, int arguments) {
      return method.equals("twice") && arguments == 1;
    }

    @Override
    public Object call(String method, List<@Nullable Object> arguments) {
      return "" + arguments.get(0) + arguments.get(0);
    }

    @Override
    public @Nullable Object property(String name) {
      return name.equals("body") ? "the body" : null;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "#set($x = 5)$x ${x}s $!{none} $none|5 5s  $none",
        "$map.a ${map.b-c} $map['s'] $map.get('a')|1 x text 1",
        "#set($x = 1)#set($x = $none)$x|1",
        "#set($map.a = $none)$map.a|1",
        "#if($empty)yes#{else}no#end|yes",
        "#foreach($e in"
            + " $list)${foreach.index}-${foreach.count}-$e#if($foreach.hasNext),#end#end|0-1-p,1-2-q,2-3-r",
        "#foreach($e in $list)$velocityCount#foreach($f in"
            + " $list)$velocityCount#end;#end|1123;2123;3123;",
        "#foreach($e in $holes)[$e]#end|[p][$e][r]",
        "#foreach($e in [1..3])$e#end|123",
        "#foreach($e in $map.entrySet())$e.key=$e.value;#end|a=1;b-c=x;s=text;",
        "#foreach($k in $map.keySet())$k,#end|a,b-c,s,",
        "$list.size() $list[1] $list.get(0) $list.isEmpty() $list.empty|3 q p false false",
        "#set($list[0] = 'z')$list|[z, q, r]",
        "$map|{a=1, b-c=x, s=text}",
        "$object.twice('ab') $object.body $object.none|abab the body $object.none",
        "$map.s.toUpperCase() $map.s.substring(1, 3) $map.s.replace('t', '##')|TEXT ex ##ex##",
        "$map.s.replaceAll('t$', 'T') $map.s.matches('t.*') $map.s.split('e').size()|texT true 2",
        "#set($q = 'a.b..c..')#foreach($p in $q.split('\\.'))[$p]#end|[a][b][][c]",
        "#set($n = 0)$n.parseInt('42') #set($d = 3 * 4 + 1)$d|4213",
        "#set($s = \"$map.s and $map.a\")$s #set($s = '$map.s')$s|text and 1$map.s",
        "#macro(m $p)<$p>#end#m('a')#m($map.a)|<a><1>",
        "#define($d)[$map.a]#end$d|[1]",
        "#if($map.a == 1 && $list.contains('q'))in#end|in",
        "#set($m = {'k': [1, 2], 'l': {}})$m.k[1] $m|2 {k=[1, 2], l={}}",
        "a#stop b|a",
        "#[[$map.a]]#|$map.a",
        "## comment|~~",
        "$$map.a \\$map.a $1.50|$1 $map.a $1.50",
        "{ \"a\": \"$map.s\" }|{ \"a\": \"text\" }",
        "$map.nothing.more $list.nope() $!map.nothing.|$map.nothing.more $list.nope() ."
      })
  void rendersAsAwsDoes(String template, String expected) throws TemplateException {
    assertThat(render(template)).isEqualTo(expected == null ? "" : expected.replace("~~", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#foreach($a in [1..100000])#foreach($b in [1..100000])x$b#end#end",
        "#foreach($a in [1..100000])#foreach($b in [1..100000])#end#end",
        "#set($s = 'abcdefgh')#foreach($a in [1..60])#set($s = \"$s$s\")#end",
        "#set($s = 'abcdefgh')#foreach($a in [1..60])#set($s = $s + $s)#end",
        "#set($s = 'abcdefgh')#foreach($a in [1..60])#set($s = $s.concat($s))#end",
        "#set($s = 'abcdefgh')#foreach($a in [1..60])#set($s = $s.replace('a', $s))#end",
        "#set($s = 'ab')#foreach($a in [1..60])#set($s = $s.replaceAll('(.)', '$1$1'))#end",
        "$map.s.repeat(2000000000)",
        "#set($x = $map.s.format('%1000000000d', 1))$x",
        "#set($l = [1])#foreach($a in [1..60])#set($l = [$l, $l])#end$l",
        "#set($l = [1])#foreach($a in [1..60])#set($l = [$l, $l])#end#set($h = {$l: 1})",
        "#set($l = [1])#foreach($a in [1..60])#set($x = $l.addAll($l))#end",
        "#set($x = 99999)#foreach($a in [1..60])#set($x = $x * $x)#end$x",
        "#set($x = $map.put('self', $map))$map",
        "#set($t = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')#set($r = $t.matches('(.*a){20}'))"
            + "#set($r = $t.matches('(.*a){20}b'))",
        "#macro(a)#a()#a()#end#a()",
        "#macro(a)x#end#macro(b)#a()#a()#a()#a()#a()#a()#a()#a()#end"
            + "#macro(c)#b()#b()#b()#b()#b()#b()#b()#b()#end#macro(d)#c()#c()#c()#c()#c()#c()#c()#end"
            + "#macro(e)#d()#d()#d()#d()#d()#d()#d()#d()#end#macro(f)#e()#e()#e()#e()#e()#e()#e()#end"
            + "#macro(g)#f()#f()#f()#f()#f()#f()#f()#f()#end#macro(h)#g()#g()#g()#g()#g()#g()#g()#end"
            + "#macro(i)#h()#h()#h()#h()#h()#h()#h()#h()#end#i()#i()#i()#i()",
        "#foreach($i in [1..2147483647])#end"
      })
  void aTemplateThatTakesTooMuchEndsWithAReason(String template) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageNotContaining("OutOfMemory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$map.s.class",
        "$map.s.getClass()",
        "$map.s.getClass().forName('java.lang.Runtime')",
        "$list.getClass()",
        "$map.s.class.protectionDomain",
        "#set($x = $map.s.getClass().getClassLoader())",
        "$map.s.intern()",
        "$list.stream()",
        "#include('pom.xml')",
        "#parse('pom.xml')",
        "#evaluate('$map')",
        "#if($map.a)#include('/etc/hostname')#end",
        "$map.s.getBytes()"
      })
  void whatATemplateMayNotUseIsRefusedWithItsPlace(String template) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("not available in templates")
        .hasMessageContaining("(line 1, column ");
  }

  @Test
  void anIncompleteEscapeIsAnErrorOfTheTemplate() {
    for (String text : new String[] {"#set($a = \"\\u00\")", "#set($a = \"\\uzzzz\")"}) {
      assertThatThrownBy(
              () -> new TemplateEngine(TemplateLimits.DEFAULT, pattern -> {}).check(text))
          .isInstanceOf(TemplateException.class);
    }
  }

  @Test
  void aTextLiteralWithADirectiveToFilesIsRefusedToo() {
    assertThatThrownBy(() -> render("#set($x = \"#include('pom.xml')\")$x"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("#include is not available");
  }

  @Test
  void errorsNameLineAndColumn() throws TemplateException {
    assertThatThrownBy(() -> engine.check("a\nb #if($x"))
        .isInstanceOfSatisfying(
            TemplateException.class, error -> assertThat(error.line()).isEqualTo(2));
    assertThatThrownBy(() -> engine.check("x\n#if(true) no end"))
        .isInstanceOf(TemplateException.class);
    assertThatThrownBy(() -> render("x\n  $map.s.substring(9)"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("(line 2, column ");
  }

  @Test
  void aTemplateIsBoundedInLengthAndDepth() {
    assertThatThrownBy(() -> engine.check("x".repeat(300 * 1024 + 1)))
        .hasMessage("The template has 307201 characters; the limit is 307200");
    assertThatThrownBy(() -> engine.check("#if(" + "(".repeat(20_000) + "1"))
        .isInstanceOf(TemplateException.class);
    assertThatThrownBy(() -> engine.check("#if(1)".repeat(20_000)))
        .isInstanceOf(TemplateException.class);
  }

  @Test
  void outputIsBounded() {
    var small = new TemplateEngine(new TemplateLimits(100, 10, 1000), regex -> {});
    assertThatThrownBy(() -> small.render("#foreach($a in [1..9])abc#end", Map.of()))
        .hasMessage("The template renders more than 10 characters (line 1, column 23)");
  }
}
