using System.Runtime.CompilerServices;
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

    /// <summary>Times.</summary>
    Times,
}

/// <summary>What a person typed into the panel.</summary>
public sealed record ComposerWish(string Brief, string Url, string Tone);

/// <summary>The agents' actions that the composer's panel calls.</summary>
public sealed class ComposerAgents(DraftPost draft, ImprovePost improve, ShortenPost shorten, MakeVariants variants, SuggestHashtags hashtags, SuggestTimes times)
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
            ComposerAsk.Hashtags => hashtags.StreamAsync(caller, new(context.Text, target), cancellationToken),
            _ => TimesAsync(caller, context, cancellationToken),
        };
    }

    private async IAsyncEnumerable<DraftChunk> TimesAsync(Caller caller, ComposerContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await times.RunAsync(caller, new([.. context.Channels.Select(c => c.Id)], TimeZone: context.TimeZone), cancellationToken);
        yield return found.Ok ? new(found.Value.RunId, Suggestion: found.Value) : new("", Problem: found.Problem);
    }
}
