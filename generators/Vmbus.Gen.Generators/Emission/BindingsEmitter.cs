using Vmbus.Gen.Generators.Model;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>Emits what a class binds as attributes on it, for the compilers of derived classes in other assemblies, which do not see private handlers.</summary>
internal static class BindingsEmitter
{
    public static void Emit(SourceWriter writer, ClassModel model)
    {
        foreach (HandlerModel handler in model.Dispatch is { } dispatch ? dispatch.Handlers : default)
        {
            foreach (ulong messageType in handler.MessageTypes)
            {
                EmitOne(CompiledBindings.ProcessPacket, handler.Name, ", " + MessageTypes.Format(messageType));
            }

            if (handler.IsDefault)
            {
                EmitOne(CompiledBindings.ProcessPacket, handler.Name, "");
            }
        }

        foreach (CallbackModel callback in model.Callbacks)
        {
            EmitOne(CallbackSignature.Of(callback.Kind).InterfaceMember, callback.Name, "");
        }

        void EmitOne(string callback, string method, string messageType)
            => writer.Line($"[{Runtime.Binding}(\"{callback}\", \"{method}\"{messageType})]");
    }
}
