using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Networks;

/// <summary>Bodies of requests whose length is known before they leave.</summary>
public static class OutboundBody
{
    /// <summary>JSON with camelCase names.</summary>
    public static Func<HttpContent> Json(object value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), JsonSerializerOptions.Web);
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }

    /// <summary>A form.</summary>
    public static Func<HttpContent> Form(IReadOnlyDictionary<string, string> values) => () => new FormUrlEncodedContent(values);

    /// <summary>Nothing, but gated like any body: for creating calls without one.</summary>
    public static Func<HttpContent> Empty() => () => new ByteArrayContent([]);
}
