// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.templates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.sim.graphql.resolver.Evaluation;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Templates made of random pieces: each gives a value or an error, and none escapes. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TemplateFuzzTest {
  private static final String[] PIECES = {
    "$",
    "$!",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "\"",
    "'",
    ",",
    ":",
    ".",
    " ",
    "\n",
    "#",
    "##",
    "#*",
    "*#",
    "#[[",
    "#set($x = ",
    "#set($ctx.stash.k = ",
    "#if(",
    "#elseif(",
    "#else",
    "#end",
    "#foreach($i in ",
    "#return(",
    "#return",
    "#break",
    "#stop",
    "#macro(m $p)",
    "#m(",
    "#define($d)",
    "#include(",
    "#parse(",
    "#evaluate(",
    "$x",
    "$ctx",
    "$ctx.args",
    "$ctx.args.l",
    "$ctx.args.m.entrySet()",
    "$ctx.stash",
    "$util",
    "$i",
    "$foreach.index",
    "$util.toJson(",
    "$util.parseJson(",
    "$util.error(",
    "$util.qr(",
    "$util.dynamodb.toDynamoDBJson(",
    "$util.transform.toDynamoDBFilterExpression(",
    "$util.transform.toSubscriptionFilter(",
    "$util.list.sortList(",
    "$util.map.copyAndRemoveAllKeys(",
    "$util.time.nowFormatted(",
    "$util.matches(",
    "$util.xml.toMap(",
    "$util.log.info(",
    "$extensions.setSubscriptionFilter(",
    "$util.rds.toJsonString(",
    ".put('k', ",
    ".add(",
    ".get(",
    ".class",
    ".getClass()",
    ".toString()",
    ".replaceAll(",
    ".repeat(",
    ".split(",
    ".substring(",
    "1",
    "0",
    "-7",
    "2.5",
    "99999999999",
    "true",
    "null",
    "'text'",
    "\"$x\"",
    "[1..1000]",
    "[]",
    "{}",
    "{'a': ",
    " == ",
    " && ",
    " + ",
    " * ",
    "{\"version\":\"2018-05-29\",\"payload\":",
    "\u0000",
    "é",
    "\ud83d\ude00",
  };

  private static final String[] WHOLE = {
    "#set($x = [])#foreach($i in [1..1000])$util.qr($x.add($x))#end$util.toJson($x)",
    "#set($x = {})$util.qr($x.put('x', $x))$util.toJson($x)$x",
    "#set($s = 'aaaaaaaa')#foreach($i in [1..40])#set($s = \"$s$s\")#end$s",
    "#macro(r)#r()#end#r()",
    "#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end",
    "#set($f = {})#set($g = $f)#foreach($i in [1..900])#set($h = {'not': $g})#set($g = $h)#end"
        + "$util.transform.toDynamoDBFilterExpression($g)",
    "#set($g = [])#foreach($i in [1..900])#set($h = [$g])#set($g = $h)#end#return($g)",
    "$util.matches('(x+x+)+y', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')",
    "$util.parseJson('" + "[".repeat(5000) + "')",
    "#foreach($a in [1..1000])#foreach($b in [1..1000])$!util.xml.toMap('<a>1</a>')#end#end",
    "#foreach($a in [1..1000])#foreach($b in [1..1000])$util.matches('(x+x+)+y',"
        + " 'xxxxxxxxxxxx')#end#end",
    "#foreach($a in [1..1000])#foreach($b in"
        + " [1..1000])$util.log.info('x')$util.appendError('x')#end#end",
    "$util.xml.toMap('" + "<a>".repeat(5000) + "')",
    "#set($l = [1])#foreach($i in [1..20])#set($l = [$l, $l])#end#return($l)",
    "$util.qr($ctx.stash.put('s', $ctx.stash))#return($ctx.stash)",
    "#set($ctx.args.m.x = $ctx.args)$ctx$ctx.args",
    "$util.toJson($ctx)$util.toJson($util)$util.toJson($ctx.info)$extensions",
    "#if(" + "(".repeat(3000) + "true" + ")".repeat(3000) + ")x#end",
  };

  private final TemplateBench bench =
      new TemplateBench().arguments("{'l':[3,1,2],'m':{'a':{'eq':1},'b':[]},'s':'text','n':null}");

  private void run(String template) {
    var code = bench.templates.step(template, template, 0);
    Evaluation request = code.request(bench.context());
    Evaluation before = code.before(bench.context());
    Evaluation response = code.response(bench.context());
    assertThat(new Object[] {request, before, response}).doesNotContainNull();
  }

  @Test
  void randomTemplatesEndWithAValueOrAnError() {
    var random = new Random(Long.getLong("syncline.fuzz.seed", 20_170_228));
    for (int round = 0; round < Integer.getInteger("syncline.fuzz.templates", 4000); round++) {
      var template = new StringBuilder();
      int pieces = 1 + random.nextInt(25);
      for (int i = 0; i < pieces; i++) {
        template.append(PIECES[random.nextInt(PIECES.length)]);
      }
      try {
        run(template.toString());
      } catch (RuntimeException | Error escaped) {
        throw new AssertionError("escaped from: " + template, escaped);
      }
    }
  }

  @Test
  void templatesThatGrowWithoutEndAreStopped() {
    for (String template : WHOLE) {
      try {
        run(template);
      } catch (RuntimeException | Error escaped) {
        throw new AssertionError("escaped from: " + template, escaped);
      }
    }
  }
}
