// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.graphql.js;

import static dev.syncline.sim.graphql.js.JsFixture.context;
import static dev.syncline.sim.graphql.js.JsFixture.error;
import static dev.syncline.sim.graphql.js.JsFixture.json;
import static dev.syncline.sim.graphql.js.JsFixture.valueOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request documents that {@code @aws-appsync/utils/dynamodb} builds. */
class DynamoDbHelpersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ddb.get({ key: { id: '1', n: 2 } })|"
            + " {'operation':'GetItem','key':{'id':{'S':'1'},'n':{'N':2}}}",
        "ddb.get({ key: { id: '1' }, consistentRead: true, projection: ['id', 'a.b[1]', 'a.id'] })|"
            + " {'operation':'GetItem','key':{'id':{'S':'1'}},'consistentRead':true,"
            + "'projection':{'expression':'#expName_1, #expName_2.#expName_3[1],"
            + " #expName_2.#expName_1',"
            + "'expressionNames':{'#expName_1':'id','#expName_2':'a','#expName_3':'b'}}}",
        "ddb.put({ key: { id: '1' }, item: { title: 't', tags: ['a'], o: { b: true }, none: null,"
            + " skipped: undefined } })|"
            + " {'operation':'PutItem','key':{'id':{'S':'1'}},'attributeValues':{'title':{'S':'t'},"
            + "'tags':{'L':[{'S':'a'}]},'o':{'M':{'b':{'BOOL':true}}},'none':{'NULL':null}}}",
        "ddb.put({ key: { id: '1' }, item: { s: ddb.toStringSet(['a']), n: ddb.toNumberSet([1]),"
            + " b: ddb.toBinarySet(['YQ==']) }, condition: { owner: { eq: 'me' } }, _version: 3 })|"
            + " {'operation':'PutItem','key':{'id':{'S':'1'}},'attributeValues':{'s':{'SS':['a']},"
            + "'n':{'NS':['1']},'b':{'BS':['YQ==']}},'condition':{'expression':'(#owner ="
            + " :owner_eq)','expressionNames':{'#owner':'owner'},'expressionValues':{':owner_eq':"
            + "{'S':'me'}}},'_version':3}",
        "ddb.remove({ key: { id: '1' }, condition: { id: { attributeExists: true } },"
            + " customPartitionKey: 'p', populateIndexFields: true })|"
            + " {'operation':'DeleteItem','key':{'id':{'S':'1'}},'condition':{'expression':"
            + "'(attribute_exists(#id))','expressionNames':{'#id':'id'}},'customPartitionKey':'p',"
            + "'populateIndexFields':true}",
        "ddb.query({ query: { id: { eq: '1' }, at: { between: [1, 2] } }, index: 'by-at',"
            + " limit: 20, nextToken: ctx.args.token, scanIndexForward: false })|"
            + " {'operation':'Query','query':{'expression':'(#id = :id_eq) AND (#at BETWEEN"
            + " :at_between_start AND :at_between_end)','expressionNames':{'#id':'id','#at':'at'},"
            + "'expressionValues':{':id_eq':{'S':'1'},':at_between_start':{'N':1},"
            + "':at_between_end':{'N':2}}},'index':'by-at','limit':20,'scanIndexForward':false}",
        "ddb.query({ query: { id: { eq: '1' } }, nextToken: 't', consistentRead: true,"
            + " select: 'ALL_ATTRIBUTES', filter: { a: { gt: 1 } }, projection: ['a'] })|"
            + " {'operation':'Query','query':{'expression':'(#id = :id_eq)','expressionNames':"
            + "{'#id':'id'},'expressionValues':{':id_eq':{'S':'1'}}},'nextToken':'t',"
            + "'consistentRead':true,'select':'ALL_ATTRIBUTES','filter':{'expression':'(#a >"
            + " :a_gt)','expressionNames':{'#a':'a'},'expressionValues':{':a_gt':{'N':1}}},"
            + "'projection':{'expression':'#expName_1','expressionNames':{'#expName_1':'a'}}}",
        "ddb.scan({ limit: 5, filter: { or: [{ a: { eq: 1 } }, { b: { beginsWith: 'x' } }] },"
            + " totalSegments: 4, segment: 0 })|"
            + " {'operation':'Scan','limit':5,'filter':{'expression':'((#a = :or_0_a_eq) OR"
            + " (begins_with(#b,:or_1_b_beginsWith)))','expressionNames':{'#a':'a','#b':'b'},"
            + "'expressionValues':{':or_0_a_eq':{'N':1},':or_1_b_beginsWith':{'S':'x'}}},"
            + "'totalSegments':4,'segment':0}",
        "ddb.scan({})| {'operation':'Scan'}",
        "ddb.sync({ limit: 10, lastSync: 5, basePartitionKey: 'p', deltaIndexName: 'd' })|"
            + " {'operation':'Sync','basePartitionKey':'p','deltaIndexName':'d','limit':10,"
            + "'lastSync':5}",
      })
  void aRequestForOneTableIsBuilt(String expression, String document) throws Exception {
    assertThat(valueOf(expression)).isEqualTo(json(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // As published by users of EvaluateCode.
        "{ name: 'Toni', imageUrl: null }|"
            + " SET #expName_1 = :expValue_1, #expName_2 = :expValue_2|"
            + " {'#expName_1':'name','#expName_2':'imageUrl'}|"
            + " {':expValue_1':{'S':'Toni'},':expValue_2':{'NULL':null}}",
        "{ currentView: ddb.operations.decrement(1) }|"
            + " SET #expName_1 = #expName_1 - :expValue_1| {'#expName_1':'currentView'}|"
            + " {':expValue_1':{'N':1}}",
        // Inferred from these.
        "{ n: ddb.operations.increment(), m: ddb.operations.increment(5) }|"
            + " SET #expName_1 = #expName_1 + :expValue_1, #expName_2 = #expName_2 + :expValue_2|"
            + " {'#expName_1':'n','#expName_2':'m'}| {':expValue_1':{'N':1},':expValue_2':{'N':5}}",
        "{ a: ddb.operations.add({ x: 1 }), b: ddb.operations.replace([]) }|"
            + " SET #expName_1 = :expValue_1, #expName_2 = :expValue_2|"
            + " {'#expName_1':'a','#expName_2':'b'}|"
            + " {':expValue_1':{'M':{'x':{'N':1}}},':expValue_2':{'L':[]}}",
        "{ a: 1, b: ddb.operations.remove(), c: ddb.operations.remove() }|"
            + " SET #expName_1 = :expValue_1 REMOVE #expName_2, #expName_3|"
            + " {'#expName_1':'a','#expName_2':'b','#expName_3':'c'}| {':expValue_1':{'N':1}}",
        "{ address: { street: 'x', geo: { lat: 1 }, zip: ddb.operations.remove() } }|"
            + " SET #expName_1.#expName_2 = :expValue_1, #expName_1.#expName_3.#expName_4 ="
            + " :expValue_2 REMOVE #expName_1.#expName_5|"
            + " {'#expName_1':'address','#expName_2':'street','#expName_3':'geo',"
            + "'#expName_4':'lat','#expName_5':'zip'}|"
            + " {':expValue_1':{'S':'x'},':expValue_2':{'N':1}}",
        "{ a: ddb.operations.append([1]), b: ddb.operations.prepend(['x']) }|"
            + " SET #expName_1 = list_append(#expName_1, :expValue_1), #expName_2 ="
            + " list_append(:expValue_2, #expName_2)| {'#expName_1':'a','#expName_2':'b'}|"
            + " {':expValue_1':{'L':[{'N':1}]},':expValue_2':{'L':[{'S':'x'}]}}",
        "{ a: [ddb.operations.updateListItem('x', 1), ddb.operations.updateListItem({ y: 1 }, 2)]"
            + " }| SET #expName_1[1] = :expValue_1, #expName_1[2] = :expValue_2|"
            + " {'#expName_1':'a'}| {':expValue_1':{'S':'x'},':expValue_2':{'M':{'y':{'N':1}}}}",
        "{ a: [1, 2], b: ddb.toStringSet(['x']), c: {}, d: undefined }|"
            + " SET #expName_1 = :expValue_1, #expName_2 = :expValue_2, #expName_3 = :expValue_3|"
            + " {'#expName_1':'a','#expName_2':'b','#expName_3':'c'}|"
            + " {':expValue_1':{'L':[{'N':1},{'N':2}]},':expValue_2':{'SS':['x']},"
            + "':expValue_3':{'M':{}}}",
        "{ data: { _type: 'remove' } }| SET #expName_1.#expName_2 = :expValue_1|"
            + " {'#expName_1':'data','#expName_2':'_type'}| {':expValue_1':{'S':'remove'}}",
      })
  void anUpdateIsWrittenAsAnExpression(
      String update, String expression, String names, String values) throws Exception {
    var expected = JsFixture.JSON.createObjectNode().put("expression", expression);
    expected.set("expressionNames", json(names));
    expected.set("expressionValues", json(values));

    assertThat(valueOf("ddb.update({ key: { id: '1' }, update: " + update + " })"))
        .isEqualTo(
            JsFixture.JSON
                .createObjectNode()
                .put("operation", "UpdateItem")
                .<ObjectNode>set("key", json("{'id':{'S':'1'}}"))
                .set("update", expected));
  }

  @Test
  void anUpdateThatOnlyRemovesHasNoValues() throws Exception {
    assertThat(
            valueOf(
                "ddb.update({ key: { id: '1' }, update: { a: ddb.operations.remove() }, condition:"
                    + " { a: { attributeExists: true } } })"))
        .isEqualTo(
            json(
                "{'operation':'UpdateItem','key':{'id':{'S':'1'}},'update':{'expression':'REMOVE"
                    + " #expName_1','expressionNames':{'#expName_1':'a'}},'condition':"
                    + "{'expression':'(attribute_exists(#a))','expressionNames':{'#a':'a'}}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ddb.batchGet({ tables: { post: { keys: [{ id: '1' }, { id: '2' }], consistentRead: false,"
            + " projection: ['id'] } } })|"
            + " {'operation':'BatchGetItem','tables':{'post':{'keys':[{'id':{'S':'1'}},"
            + "{'id':{'S':'2'}}],'consistentRead':false,'projection':{'expression':'#expName_1',"
            + "'expressionNames':{'#expName_1':'id'}}}}}",
        "ddb.batchPut({ tables: { post: [{ id: '1', v: 1 }], note: [{ id: 'a' }] } })|"
            + " {'operation':'BatchPutItem','tables':{'post':[{'id':{'S':'1'},'v':{'N':1}}],"
            + "'note':[{'id':{'S':'a'}}]}}",
        "ddb.batchDelete({ tables: { post: [{ id: '1' }] } })|"
            + " {'operation':'BatchDeleteItem','tables':{'post':[{'id':{'S':'1'}}]}}",
        "ddb.transactGet({ items: [{ table: 'post', key: { id: '1' }, projection: ['name'] },"
            + " { table: 'post', key: { id: '2' } }] })|"
            + " {'operation':'TransactGetItems','transactItems':[{'table':'post','key':{'id':"
            + "{'S':'1'}},'projection':{'expression':'#expName_1','expressionNames':"
            + "{'#expName_1':'name'}}},{'table':'post','key':{'id':{'S':'2'}}}]}",
        "ddb.transactWrite({ items: [{ putItem: { table: 'post', key: { id: '1' }, item: { a: 1 } }"
            + " }, { updateItem: { table: 'post', key: { id: '2' }, update: { a: 2 } } },"
            + " { deleteItem: { table: 'post', key: { id: '3' } } }, { conditionCheck: { table:"
            + " 'post', key: { id: '4' }, condition: { a: { eq: 1 } } } }] })|"
            + " {'operation':'TransactWriteItems','transactItems':[{'table':'post','operation':"
            + "'PutItem','attributeValues':{'a':{'N':1}},'key':{'id':{'S':'1'}}},{'table':'post',"
            + "'operation':'UpdateItem','update':{'expression':'SET #expName_1 = :expValue_1',"
            + "'expressionNames':{'#expName_1':'a'},'expressionValues':{':expValue_1':{'N':2}}},"
            + "'key':{'id':{'S':'2'}}},{'table':'post','operation':'DeleteItem','key':{'id':"
            + "{'S':'3'}}},{'table':'post','operation':'ConditionCheck','key':{'id':{'S':'4'}},"
            + "'condition':{'expression':'(#a = :a_eq)','expressionNames':{'#a':'a'},"
            + "'expressionValues':{':a_eq':{'N':1}}}}]}",
      })
  void aRequestForSeveralItemsIsBuilt(String expression, String document) throws Exception {
    assertThat(valueOf(expression)).isEqualTo(json(document));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ddb.get({})| 'key' must be an object",
        "ddb.put({ key: { id: 1 } })| 'item' must be an object",
        "ddb.update({ key: { id: 1 } })| 'update' must be an object",
        "ddb.query({ query: { id: { near: 1 } } })| 'query' cannot be written",
        "ddb.update({ key: { id: 1 }, update: { a: [1, ddb.operations.remove()] } })|"
            + " operations.updateListItem",
        "ddb.update({ key: { id: 1 }, update: { a: ddb.operations.updateListItem(1, 0) } })|"
            + " belongs into a list",
        "ddb.transactWrite({ items: [{ upsert: {} }] })| must have one of putItem",
        "ddb.operations.append('x')| expected a list",
      })
  void wrongInputIsNamed(String expression, String named) throws Exception {
    assertThat(error("return " + expression, context("{}")).message()).contains(named);
  }
}
