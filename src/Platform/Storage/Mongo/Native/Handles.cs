using System.Runtime.InteropServices;

namespace Platform.Storage.Mongo.Native;

/// <summary>bson_error_t: 512 bytes in both generations.</summary>
[StructLayout(LayoutKind.Sequential, Size = 512)]
internal unsafe struct NativeError
{
    public uint Domain;
    public uint Code;
    private fixed byte _message[504];

    public string Message { get { fixed (byte* text = _message) { return Marshal.PtrToStringUTF8((nint)text) ?? ""; } } }
}

/// <summary>A native object that is freed once, whatever happens.</summary>
internal abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

/// <summary>mongoc_uri_t.</summary>
internal sealed class UriHandle : NativeHandle { protected override bool ReleaseHandle() { Mongoc.UriDestroy(handle); return true; } }

/// <summary>mongoc_client_pool_t.</summary>
internal sealed class PoolHandle : NativeHandle { protected override bool ReleaseHandle() { Mongoc.PoolDestroy(handle); return true; } }

/// <summary>mongoc_collection_t.</summary>
internal sealed class CollectionHandle : NativeHandle { protected override bool ReleaseHandle() { Mongoc.CollectionDestroy(handle); return true; } }

/// <summary>mongoc_cursor_t.</summary>
internal sealed class CursorHandle : NativeHandle { protected override bool ReleaseHandle() { Mongoc.CursorDestroy(handle); return true; } }

/// <summary>mongoc_find_and_modify_opts_t.</summary>
internal sealed class ModifyHandle : NativeHandle { protected override bool ReleaseHandle() { Mongoc.ModifyDestroy(handle); return true; } }

/// <summary>mongoc_client_session_t; an open transaction ends with it.</summary>
internal sealed class SessionHandle : NativeHandle { protected override bool ReleaseHandle() { Mongoc.SessionDestroy(handle); return true; } }

/// <summary>bson_t on the heap of the driver, which copies the bytes.</summary>
internal sealed class BsonHandle : NativeHandle
{
    public static unsafe BsonHandle Of(ReadOnlySpan<byte> document)
    {
        var made = new BsonHandle();
        fixed (byte* data = document) { made.SetHandle(Mongoc.BsonFromData(data, (nuint)document.Length)); }
        return made.IsInvalid ? throw new InvalidOperationException("the driver refused a document of ours: it is no BSON") : made;
    }

    protected override bool ReleaseHandle() { Mongoc.BsonDestroy(handle); return true; }
}

/// <summary>The place where calls write their answer: a bson_t (128 bytes, 128-aligned) that each call fills anew.</summary>
internal sealed unsafe class ReplyBuffer : IDisposable
{
    private void* _memory = NativeMemory.AlignedAlloc(128, 128);

    public nint Pointer => (nint)_memory;

    /// <summary>Copies the answer out and frees what the call took for it.</summary>
    public byte[] Take()
    {
        var copy = Copy(Pointer);
        Mongoc.BsonDestroy(Pointer);
        return copy;
    }

    /// <summary>The bytes of a bson_t; their first four are their length.</summary>
    public static byte[] Copy(nint bson) => Span(bson).ToArray();

    /// <summary>The bytes of a bson_t, as long as it lives.</summary>
    public static ReadOnlySpan<byte> Span(nint bson)
    {
        var data = Mongoc.BsonData(bson);
        return new ReadOnlySpan<byte>(data, *(int*)data);
    }

    public void Dispose()
    {
        if (_memory is null) { return; }
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }
}
