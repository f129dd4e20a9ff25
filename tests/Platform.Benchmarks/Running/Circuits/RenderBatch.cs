using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Running.Circuits;

/// <summary>A handler for an event in what the server drew.</summary>
internal sealed record Handler(string Event, long Id);

/// <summary>
/// Finds the event handlers in a render batch. The batch is little-endian; its last 20 bytes say where its parts begin; frames are 20 bytes each, and text
/// lies behind a table of places at the end.
/// </summary>
internal static class RenderBatch
{
    private const int FrameSize = 20, Attribute = 3;

    public static List<Handler> Handlers(byte[] batch)
    {
        var (frames, texts) = (Int(batch, batch.Length - 16), Int(batch, batch.Length - 4));
        var found = new List<Handler>();
        var count = Int(batch, frames);
        for (var i = 0; i < count; i++)
        {
            var at = frames + 4 + (i * FrameSize);
            if (Int(batch, at) != Attribute) { continue; }
            var handler = BinaryPrimitives.ReadInt64LittleEndian(batch.AsSpan(at + 12));
            if (handler != 0) { found.Add(new(Text(batch, texts, Int(batch, at + 4)), handler)); }
        }
        return found;
    }

    private static int Int(byte[] batch, int at) => BinaryPrimitives.ReadInt32LittleEndian(batch.AsSpan(at));

    private static string Text(byte[] batch, int table, int index)
    {
        if (index < 0) { return ""; }
        var at = Int(batch, table + (index * 4));
        var (length, shift) = (0, 0);
        byte b;
        do { b = batch[at++]; length |= (b & 0x7F) << shift; shift += 7; } while ((b & 0x80) != 0);
        return Encoding.UTF8.GetString(batch, at, length);
    }
}
