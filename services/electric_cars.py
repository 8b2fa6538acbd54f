"""Which cars drive on electricity alone, as far as their names tell."""

from services.car_names import is_named

# Makes that build nothing else, and words of models.
_NAMES = (
    "ev electric tesla nio xpeng zeekr aion polestar-2 polestar-3 leaf ariya zoe e-tron i3 i4 i7 ix ix1 ix3 eqa eqb eqc eqe "
    "eqs e-208 e-2008 e-308 corsa-e mokka-e e-c4 ioniq-5 ioniq-6 ev3 ev6 ev9 id.3 id.4 id.5 id.6 id.7 taycan i-pace bz4x "
    "solterra enyaq elroq born ex30 ex90 mach-e dolphin seagull ora mini-ev bolt lyriq b10 t03 c10 mg4 "
    "特斯拉 蔚来 小鹏 极氪 埃安 纯电 海豚 海鸥 元plus 汉ev 唐ev 秦ev 宏光mini 好猫 零跑 smart精灵"
)
_HYBRIDS = "dm-i dmi phev hybrid 增程 插电 混动"


def sounds_electric(make: str, model: str) -> bool:
    """Whether the name is that of an electric car; a hybrid is none."""
    return is_named(make, model, _NAMES) and not is_named(make, model, _HYBRIDS)
