using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Platform.Storage.Mongo.Bson;

namespace Platform.Tests.Storage;

/// <summary>Speaks just enough of MongoDB's wire protocol to be looked at: every command gets the answer that the test gives for it, else ok.</summary>
internal sealed class FakeMongo : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, BsonMap?> _answer;

    public FakeMongo(Func<string, BsonMap?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Uri => $"mongodb://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/?serverSelectionTimeoutMS=3000";

    public static BsonMap Hello(int wireVersion) =>
        new BsonMap("isWritablePrimary", true).Add("ismaster", true).Add("helloOk", true).Add("maxBsonObjectSize", 16777216).Add("maxMessageSizeBytes", 48000000).Add("maxWriteBatchSize", 100000)
            .Add("logicalSessionTimeoutMinutes", 30).Add("localTime", 1_800_000_000_000L).Add("minWireVersion", 0).Add("maxWireVersion", wireVersion).Add("ok", 1.0);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try { while (true) { _ = ServeAsync(await _listener.AcceptTcpClientAsync()); } }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var (stream, head) = (client.GetStream(), new byte[16]);
            while (await stream.ReadAtLeastAsync(head, 16, throwOnEndOfStream: false) == 16)
            {
                var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(head) - 16];
                await stream.ReadExactlyAsync(body);
                await stream.WriteAsync(Reply(head, body));
            }
        }
    }

    private byte[] Reply(byte[] head, byte[] body)
    {
        var old = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12)) == 2004;
        var at = old ? 4 + body.AsSpan(4).IndexOf((byte)0) + 9 : 5;
        var command = BsonReader.Read(body.AsSpan(at, BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)))).First().Key;
        var answer = (_answer(command) ?? new BsonMap("ok", 1.0)).ToBytes();
        var reply = new byte[16 + (old ? 20 : 5) + answer.Length];
        BinaryPrimitives.WriteInt32LittleEndian(reply, reply.Length);
        head.AsSpan(4, 4).CopyTo(reply.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(12), old ? 1 : 2013);
        if (old) { BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(32), 1); }
        answer.CopyTo(reply.AsSpan(reply.Length - answer.Length));
        return reply;
    }
}
