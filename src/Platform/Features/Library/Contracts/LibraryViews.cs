namespace Platform.Features.Library.Contracts;

/// <summary>A template as others see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">For If-Match.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Text">The text with its places.</param>
/// <param name="Places">The names of the places, in the order of the text.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record TemplateView(string Id, long Version, string Name, string Text, IReadOnlyList<string> Places, DateTimeOffset UpdatedAt);

/// <summary>A hashtag set as others see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">For If-Match.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Tags">The tags, each with its #.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record HashtagSetView(string Id, long Version, string Name, IReadOnlyList<string> Tags, DateTimeOffset UpdatedAt);
