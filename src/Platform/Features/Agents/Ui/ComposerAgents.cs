using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Agents.Ui;

/// <summary>What a person can ask for beside the composer.</summary>
public enum ComposerAsk
{
    /// <summary>A draft from a brief or a page.</summary>
    Draft,

    /// <summary>A better wording.</summary>
    Improve,

    /// <summary>A shorter text.</summary>
    Shorten,

    /// <summary>A text for each channel.</summary>
    Variants,

    /// <summary>Hashtags.</summary>
    Hashtags,
}

/// <summary>What a person typed into the panel.</summary>
public sealed record ComposerWish(string Brief, string Url, string Tone);

/// <summary>The agents' actions that the composer's panel calls.</summary>
public sealed class ComposerAgents(DraftPost draft, ImprovePost improve, ShortenPost shorten, MakeVariants variants, SuggestHashtags hashtags)
{
    /// <summary>Asks; the words come as they are written.</summary>
    public IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, ComposerAsk ask, ComposerContext context, ComposerWish wish, CancellationToken cancellationToken)
    {
        var target = new TargetNames([.. context.Channels.Select(c => c.Id)], null);
        return ask switch
        {
            ComposerAsk.Draft => draft.StreamAsync(caller, new(wish.Brief, wish.Url, target, wish.Tone), cancellationToken),
            ComposerAsk.Improve => improve.StreamAsync(caller, new(context.Text, target, wish.Tone, wish.Brief), cancellationToken),
            ComposerAsk.Shorten => shorten.StreamAsync(caller, new(context.Text, target), cancellationToken),
            ComposerAsk.Variants => variants.StreamAsync(caller, new(context.Text, target), cancellationToken),
            _ => hashtags.StreamAsync(caller, new(context.Text, target), cancellationToken),
        };
    }
}
