"""Prices an order, for POST /jobs. Run it as: python3 worker.py 8080"""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def work(order):
    return {"total": order["quantity"] * 12.5}


class Worker(BaseHTTPRequestHandler):
    def do_POST(self):
        job = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"id": job["id"]}
        try:
            answer.update(status="COMPLETED", result=work(json.loads(job["event"])))
        except Exception as problem:
            answer.update(status="FAILED", error={"error": type(problem).__name__, "cause": str(problem)})
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Worker)
print(server.server_port, flush=True)
server.serve_forever()
