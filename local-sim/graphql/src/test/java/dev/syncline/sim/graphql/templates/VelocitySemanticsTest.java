// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.FieldSelection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How templates behave where Velocity 1.7 and 2 differ, or where AppSync adds something. */
class VelocitySemanticsTest {
  private final TemplateBench bench =
      new TemplateBench()
          .arguments(
              "{'s':'text','e':'','z':0,'l':[1,2],'el':[],'em':{},'t':true,'f':false,'n':null,"
                  + "'m':{'a':1,'b':2},'o':{'k':'v'},'i':5,'long':12345678901,'d':1.5}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // 1: setting null changes nothing
        "#set($x = 1)#set($x = $ctx.args.n)$x|1",
        "#set($x = 1)#set($x = $util.defaultIfNull($none, $none))$x|1",
        "#set($ctx.args.m.c = $none)$ctx.args.m|{a=1, b=2}",
        "#set($ctx.args.m.c = 3)$ctx.args.m|{a=1, b=2, c=3}",
        // 2: truth
        "#if($ctx.args.e)T#end#if($ctx.args.z)T#end#if($ctx.args.el)T#end#if($ctx.args.em)T#end|TTTT",
        "#if($ctx.args.f)T#{else}F#end#if($ctx.args.n)T#{else}F#end#if($none)T#{else}F#end|FFF",
        "#if(!$ctx.args.n)T#end#if(!$ctx.args.e)T#{else}F#end|TF",
        // 3: what has no value
        "$none $ctx.args.none.x $!none $!ctx.args.none|$none $ctx.args.none.x  ",
        "$ctx.args.l.add(3) $ctx.args.m.put('a', 9) $ctx.args.m.put('new', 1)|true 1"
            + " $ctx.args.m.put('new', 1)",
        "$util.qr($ctx.args.m.put('new', 1))$ctx.args.m.new|1",
        "$ctx.args.n $ctx.identity $!ctx.identity.|$ctx.args.n $ctx.identity .",
        // 4: literals, quotes, numbers
        "#set($a = \"$ctx.args.s ${ctx.args.s}s\")$a;#set($a = '$ctx.args.s')$a|text"
            + " texts;$ctx.args.s",
        "#set($a = \"a \"\"b\"\" c\")$a|a \"b\" c",
        "#set($x = 7 / 2)$x,#set($x = 7 % 2)$x,#set($x = 7 / 2.0)$x|3,1,3.5",
        "#if(\"1\" == 1)T#{else}F#end#if($ctx.args.d > 1)T#end#if($ctx.args.i == 5.0)T#end|TTT",
        "#if($none > 1)T#{else}F#end#if($none == $nothing)T#{else}F#end|FT",
        "#if($ctx.args.s == 'text' && !($ctx.args.i != 5))T#end#if(false or true)T#end|TT",
        "#if($util.isNull(null))T#end|T",
        // 5: names with a hyphen
        "$ctx.request.headers.x-api-key $context.request.headers['x-api-key']|da2-abc da2-abc",
        // 6: directives
        "#foreach($v in $ctx.args.m)$v#if($foreach.hasNext),#end#end|1,2",
        "#foreach($e in"
            + " $ctx.args.m.entrySet())$e.key=$e.value.$foreach.index.$foreach.count.$velocityCount;#end|a=1.0.1.1;b=2.1.2.2;",
        "#foreach($i in [1..9])#if($i == 3)#break#end$i#end|12",
        "#foreach($i in $none)x#{else}none#end|none",
        "a#stop b|a",
        "#macro(hi $p)<$p>#end#hi('x')#hi($ctx.args.i)|<x><5>",
        "a#* c *#b## rest|ab",
        "#if(false)a#elseif(true)b#{else}c#end|b",
        "#foreach($k in $ctx.args.m.keySet())$k#end|ab",
        // 7: loops end after 1000 rounds
        "#set($n = 0)#foreach($i in [1..1500])#set($n = $n + 1)#end$n|1000",
        // 8: methods of Java
        "$ctx.args.s.substring(1, 3) $ctx.args.s.toUpperCase() $ctx.args.s.replace('t', 'T')"
            + " $ctx.args.s.length()|ex TEXT TexT 4",
        "$ctx.args.s.startsWith('te') $ctx.args.s.indexOf('x') $ctx.args.s.contains('ex')"
            + " $ctx.args.s.equals('text')|true 2 true true",
        "$ctx.args.l.size() $ctx.args.l.get(0) $ctx.args.l.contains(2) $ctx.args.el.isEmpty()"
            + " $ctx.args.m.containsKey('a')|2 1 true true true",
        "$ctx.args.m.size() $ctx.args.m.values() $ctx.args.m.remove('a') $ctx.args.m.get('a')|2 [1,"
            + " 2] 1 $ctx.args.m.get('a')",
        "$ctx.args.i.parseInt('42') #set($s = 'a,b')#set($p = $s.split(','))$p.get(1)"
            + " $ctx.args.i.toString().length()|42b 1",
        "#set($x = $ctx.args.m.putAll({'q': 4}))$ctx.args.m.q;#set($x ="
            + " $ctx.args.l.addAll([7]))$ctx.args.l|4;[1, 2, 7]",
        // 9: arguments are not converted
        "$ctx.args.l.get('1') $ctx.args.s.substring('1')|$ctx.args.l.get('1')"
            + " $ctx.args.s.substring('1')",
        // 11: numbers
        "$util.toJson($ctx.args.long) $ctx.args.i $ctx.args.d $util.toJson([1, 2.0,"
            + " 1.50])|12345678901 5 1.5 [1,2.0,1.5]",
      })
  void templatesBehaveAsOnVelocity17(String template, String expected) {
    assertThat(bench.render(template)).isEqualTo(expected);
  }

  @Test
  void linesOfDirectivesLeaveNoSpace() {
    assertThat(bench.render("a\n  #if(true)  \n  b\n  #end\nc\n#set($x = 1)\nd"))
        .isEqualTo("a\n    b\n  c\nd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a#return|returned null",
        "#return({'a': [1, $ctx.args.s]})|returned {a=[1, text]}",
        "#return($ctx.args.n)x|returned null",
        "#if(true)#return(1)#end x|returned 1",
        "#foreach($i in [1..3])#if($i == 2)#return($i)#end#end|returned 2",
        "#macro(done $v)#return($v)#end#done('m')|returned m",
        "#return() x|returned null",
        "#set($s = \"#return(4)\")x|returned 4",
        "{#return($util.toJson({'a':1}))}|returned {\"a\":1}",
      })
  void returnEndsATemplateWithItsValue(String template, String expected) {
    assertThat(bench.render(template)).isEqualTo(expected);
  }

  @Test
  void theContextHasItsMembers() {
    bench.selection =
        new FieldSelection() {
          @Override
          public List<String> paths() {
            return List.of("a", "a/b");
          }

          @Override
          public String graphql() {
            return "{\n  a\n}";
          }
        };
    assertThat(
            bench.render(
                "$ctx.info.fieldName $ctx.info.parentTypeName $ctx.info.variables"
                    + " $ctx.info.selectionSetList[1] $ctx.info.selectionSetGraphQL"
                    + " $ctx.env.STAGE"))
        .isEqualTo("thing Query {v=1} a/b {\n  a\n} test");
    assertThat(bench.render("$util.toJson($ctx.info)"))
        .isEqualTo(
            "{\"fieldName\":\"thing\",\"parentTypeName\":\"Query\",\"variables\":{\"v\":1}}");
    bench.arguments("{'x':1}");
    assertThat(TemplateBench.json(bench.render("$util.toJson($context)")).path("arguments"))
        .isEqualTo(TemplateBench.json("{'x':1}"));
    assertThat(bench.render("$ctx.get('args').x $ctx.containsKey('stash') $context['args']['x']"))
        .isEqualTo("1 true 1");
    assertThat(bench.render("$ctx.args.x $ctx.arguments.x $utils.toJson($ctx.args)"))
        .isEqualTo("1 1 {\"x\":1}");
  }

  @Test
  void whatReachesFurtherIsRefused() {
    for (String template :
        List.of(
            "#include('x')",
            "#parse('x')",
            "#evaluate('x')",
            "$ctx.args.s.class.name",
            "$ctx.getClass()",
            "$util.getClass()",
            "$ctx.args.s.getClass().forName('java.lang.Runtime')")) {
      assertThat(bench.render(template))
          .doesNotContain("java.lang.String")
          .doesNotContain("class java");
    }
  }
}
