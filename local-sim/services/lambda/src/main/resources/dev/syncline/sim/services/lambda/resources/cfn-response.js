// SPDX-License-Identifier: Apache-2.0
// The module that CloudFormation adds to inline code of Node.js: answers a custom resource's request.
// Unlike AWS's it uses the scheme and the port of the URL.
const http = require('http');
const https = require('https');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';

function put(address, body) {
  return new Promise((resolve, reject) => {
    const request = (address.protocol === 'http:' ? http : https).request(
      address,
      { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

exports.send = function (event, context, responseStatus, responseData, physicalResourceId, noEcho) {
  const body = JSON.stringify({
    Status: responseStatus,
    Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
    PhysicalResourceId: physicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    NoEcho: noEcho || false,
    Data: responseData,
  });
  console.log('Response body:\n', body);
  return put(new URL(event.ResponseURL), body)
    .then(
      (status) => console.log('Status code: ' + status),
      // The URL holds a signature, so only the kind of the error is shown.
      (error) => console.log('send(..) failed executing https.request(..): ' + error.code),
    )
    .then(() => {
      // The runtimes from nodejs24.x have no callbacks; there the handler returns the promise.
      if (typeof context.done === 'function') {
        context.done();
      }
    });
};
